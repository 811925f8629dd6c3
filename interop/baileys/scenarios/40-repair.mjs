// Messages that cannot be read at first, and keys that run out.
import { assert, waitFor } from '../lib/assert.mjs'

export default [
  {
    name: 'a damaged message is asked for again and arrives once',
    async run(context) {
      const ann = await context.open('Ann')
      const bob = await context.open('Bob')
      await ann.send(bob.pn, 'intact')
      await bob.receive('intact')
      await bob.send(ann.pn, 'answer')
      await ann.receive('answer')
      await context.simulator.arm(
        { direction: 'outgoing', tag: 'message', device: bob.device },
        { do: 'corrupt-enc' }
      )
      const id = await ann.send(bob.pn, 'damaged')
      const message = await waitFor('the message', () => [...bob.messages, ...bob.updates.map(u => ({ id: u.id, content: u.update.message }))].find(
        m => m.id === id && (m.content?.conversation ?? m.content?.extendedTextMessage?.text) === 'damaged'
      ), 40_000)
      assert.ok(message)
      const ledger = await context.simulator.ledger(bob.device)
      assert.equal(ledger.filter(d => d.id === id && d.tag === 'message' && d.completion === 'retry').length >= 1, true)
      await ann.send(bob.pn, 'intact again')
      await bob.receive('intact again')
    },
  },
  {
    name: "a phone's damaged message is sent again by the phone",
    async run(context) {
      const ann = await context.open('Ann')
      const phone = await context.phone('Zoe')
      await phone.send(ann.pn, 'intact')
      await ann.receive('intact')
      await context.simulator.arm(
        { direction: 'outgoing', tag: 'message', device: ann.device },
        { do: 'corrupt-enc' }
      )
      const id = await phone.send(ann.pn, 'damaged')
      await waitFor('the message', () => [...ann.messages, ...ann.updates.map(u => ({ id: u.id, content: u.update.message }))].find(
        m => m.id === id && m.content?.conversation === 'damaged'
      ), 40_000)
    },
  },
  {
    name: 'a phone asks for a damaged message',
    async run(context) {
      const ann = await context.open('Ann')
      const phone = await context.phone('Zoe')
      await ann.send(phone.pn, 'intact')
      await waitFor('the text', async () => (await phone.received()).length === 1)
      await context.simulator.arm(
        { direction: 'incoming', tag: 'message', device: ann.device },
        { do: 'corrupt-enc' }
      )
      await ann.send(phone.pn, 'damaged')
      await waitFor('the text again', async () => (await phone.received()).some(m => m.text === 'damaged'), 40_000)
    },
  },
  {
    name: 'the phone hands over a message that its companion asks for',
    async run(context) {
      const ann = await context.open('Ann')
      const bob = await context.open('Bob')
      const id = await ann.send(bob.pn, 'say again')
      const { raw } = await bob.receive('say again')
      // Baileys waits two seconds in case the message comes by itself
      await bob.socket.requestPlaceholderResend(raw.key)
      await waitFor('the second copy', () => bob.messages.filter(m => m.id === id && m.text === 'say again').length === 2)
    },
  },
  {
    name: 'without one-time pre-keys a conversation still begins, and the client uploads new ones',
    async run(context) {
      const ann = await context.open('Ann')
      const bob = await context.open('Bob')
      const phone = await context.phone('Bob')
      const { consumed } = await context.simulator.consumePreKeys(bob.device)
      assert.ok(consumed > 0)
      await ann.send(bob.pn, 'no one-time key')
      await bob.receive('no one-time key')
      await waitFor('new pre-keys', async () => (await phone.devices())[0].preKeys > 0)
    },
  },
]
