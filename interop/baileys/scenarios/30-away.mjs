// What waits while a device is away.
import { assert, waitFor } from '../lib/assert.mjs'

export default [
  {
    name: 'messages that waited for an absent client arrive in order and once',
    async run(context) {
      const ann = await context.open('Ann')
      const bob = await context.open('Bob')
      await ann.send(bob.pn, 'before')
      await bob.receive('before')
      await bob.disconnect()
      const numbers = Array.from({ length: 20 }, (_, i) => `waiting ${i}`)
      for (const text of numbers) await ann.send(bob.pn, text)
      await bob.connect()
      await bob.receive('waiting 19')
      assert.deepEqual(bob.texts(m => !m.fromMe), ['before', ...numbers])
      await waitFor('nothing to wait any more', async () => {
        const phone = await context.phone('Bob')
        return (await phone.devices())[0].waiting === 0
      })
      await bob.disconnect()
      await bob.connect()
      await ann.send(bob.pn, 'after')
      await bob.receive('after')
      assert.deepEqual(bob.texts(m => !m.fromMe), ['before', ...numbers, 'after'])
    },
  },
  {
    name: 'both clients are away in turn',
    async run(context) {
      const ann = await context.open('Ann')
      const bob = await context.open('Bob')
      await ann.send(bob.pn, 'one')
      await bob.receive('one')
      await ann.disconnect()
      await bob.send(ann.pn, 'two')
      await bob.disconnect()
      await ann.connect()
      await ann.receive('two')
      await ann.send(bob.pn, 'three')
      await bob.connect()
      await bob.receive('three')
    },
  },
  {
    name: 'what an offline phone is sent waits for it',
    async run(context) {
      const ann = await context.open('Ann')
      const phone = await context.phone('Zoe')
      await phone.goOffline()
      const id = await ann.send(phone.pn, 'for later')
      await context.simulator.acknowledged(ann.device, id)
      assert.deepEqual(await phone.received(), [])
      await phone.goOnline()
      await waitFor('the text', async () => (await phone.received()).some(m => m.text === 'for later'))
    },
  },
  {
    name: 'a message whose receipt was lost is delivered again and not shown twice',
    async run(context) {
      const ann = await context.open('Ann')
      const bob = await context.open('Bob')
      await ann.send(bob.pn, 'first')
      await bob.receive('first')
      await context.simulator.arm({ direction: 'incoming', tag: 'receipt', device: bob.device }, { do: 'drop' })
      await context.simulator.arm({ direction: 'incoming', tag: 'ack', device: bob.device }, { do: 'drop' }, { count: 100 })
      const id = await ann.send(bob.pn, 'second')
      await bob.receive('second')
      await bob.disconnect()
      await context.simulator.clearFaults()
      await bob.connect()
      const delivery = await waitFor('the second answer', async () =>
        (await context.simulator.ledger(bob.device)).find(d => d.id === id && d.tag === 'message' && d.completion)
      )
      assert.equal(delivery.times, 2)
      assert.equal(bob.texts(m => m.text === 'second').length, 1)
    },
  },
]
