// Texts between clients, phones and devices of one account.
import { assert, waitFor } from '../lib/assert.mjs'

export default [
  {
    name: 'a text to the own number is acknowledged and read by the phone',
    async run(context) {
      const ann = await context.open('Ann')
      const phone = await context.phone('Ann')
      const id = await ann.send(ann.pn, 'note to self')
      const [message] = await waitFor('the text at the phone', async () => {
        const all = await phone.received()
        return all.length > 0 && all
      })
      assert.equal(message.text, 'note to self')
      assert.equal(message.id, id)
      assert.equal(message.from, ann.device)
      await context.simulator.acknowledged(ann.device, id)
    },
  },
  {
    name: 'two clients write to each other, twice in each direction',
    async run(context) {
      const ann = await context.open('Ann')
      const bob = await context.open('Bob')
      for (const round of [1, 2]) {
        const id = await ann.send(bob.pn, `hello Bob ${round}`)
        const atBob = await bob.receive(`hello Bob ${round}`)
        assert.equal(atBob.id, id)
        assert.equal(atBob.type, 'notify')
        assert.equal(atBob.fromMe, false)
        assert.equal(atBob.pushName, 'Ann two clients write to each other, twice in each direction')
        await bob.send(ann.pn, `hello Ann ${round}`)
        await ann.receive(`hello Ann ${round}`)
      }
      assert.deepEqual(bob.texts(m => !m.fromMe), ['hello Bob 1', 'hello Bob 2'])
      await waitFor('the delivery receipts', () => [...ann.sent.keys()].every(id => ann.status(id) >= 3))
    },
  },
  {
    name: 'a message to a lid arrives',
    async run(context) {
      const ann = await context.open('Ann')
      const bob = await context.open('Bob')
      await ann.send(bob.lid, 'by lid')
      await bob.receive('by lid')
      await bob.send(ann.lid, 'by lid too')
      await ann.receive('by lid too')
    },
  },
  {
    name: 'a client and a phone write to each other',
    async run(context) {
      const ann = await context.open('Ann')
      const phone = await context.phone('Zoe')
      await ann.send(phone.pn, 'hello phone')
      await waitFor('the text at the phone', async () => (await phone.received()).some(m => m.text === 'hello phone'))
      await phone.send(ann.pn, 'hello client')
      const message = await ann.receive('hello client')
      assert.equal(message.pushName, phone.pushName)
      await phone.send(ann.lid, 'hello lid')
      await ann.receive('hello lid')
      await ann.send(phone.pn, 'again')
      await waitFor('the second text', async () => (await phone.received()).some(m => m.text === 'again'))
    },
  },
  {
    name: "both devices of an account get a message, and each other's",
    async run(context) {
      const phone = await context.phone('Ann')
      const one = await context.open('Ann')
      const two = await context.open('Ann')
      assert.match(one.device, /:1@/)
      assert.match(two.device, /:2@/)
      const bob = await context.open('Bob')
      await bob.send(one.pn, 'to both')
      await one.receive('to both')
      await two.receive('to both')
      await waitFor('the text at the phone', async () => (await phone.received()).some(m => m.text === 'to both'))
      await one.send(bob.pn, 'from one')
      await bob.receive('from one')
      const copy = await two.receive('from one')
      assert.equal(copy.fromMe, true)
      assert.equal(copy.chat, bob.pn)
      await two.send(bob.pn, 'from two')
      const other = await one.receive('from two')
      assert.equal(other.fromMe, true)
      // the phone's own message reaches the companions as a copy, too
      await phone.send(bob.pn, 'from the phone')
      await bob.receive('from the phone')
      assert.equal((await one.receive('from the phone')).fromMe, true)
      assert.equal((await two.receive('from the phone')).fromMe, true)
    },
  },
  {
    name: 'edit, reaction, revoke, forward, poll and contact to the own number are acknowledged',
    async run(context) {
      const ann = await context.open('Ann')
      const phone = await context.phone('Ann')
      const id = await ann.send(ann.pn, 'original')
      const key = { remoteJid: ann.pn, fromMe: true, id }
      await ann.send(ann.pn, { text: 'edited', edit: key })
      await ann.send(ann.pn, { react: { text: '👍', key } })
      await ann.send(ann.pn, { react: { text: '', key } })
      await ann.send(ann.pn, { poll: { name: 'Tea?', values: ['yes', 'no'], selectableCount: 1 } })
      await ann.send(ann.pn, { contacts: { displayName: 'Bob', contacts: [{ vcard: 'BEGIN:VCARD\nEND:VCARD' }] } })
      const own = await waitFor('the own message', () => ann.messages.find(m => m.id === id))
      await ann.send(ann.pn, { forward: own.raw })
      await ann.send(ann.pn, { delete: key })
      const received = await waitFor('eight messages at the phone', async () => {
        const all = await phone.received()
        return all.length >= 8 && all
      })
      const kinds = received.map(m => m.kind)
      assert.deepEqual(kinds, [
        'extendedTextMessage',
        'protocolMessage',
        'reactionMessage',
        'reactionMessage',
        kinds[4],
        'contactMessage',
        'extendedTextMessage',
        'protocolMessage',
      ])
      assert.match(kinds[4], /^pollCreationMessage/)
    },
  },
  {
    name: 'a read receipt reaches the author',
    async run(context) {
      const ann = await context.open('Ann')
      const bob = await context.open('Bob')
      const id = await ann.send(bob.pn, 'read me')
      const message = await bob.receive('read me')
      await bob.socket.readMessages([message.raw.key])
      await waitFor('the read receipt', () => ann.status(id) === 4)
    },
  },
  {
    name: 'typing and presence reach who asks for them',
    async run(context) {
      const ann = await context.open('Ann')
      const bob = await context.open('Bob')
      await ann.send(bob.pn, 'hi')
      await bob.receive('hi')
      await bob.socket.presenceSubscribe(ann.pn)
      await ann.socket.sendPresenceUpdate('available')
      await ann.socket.sendPresenceUpdate('composing', bob.pn)
      await waitFor('the typing', () =>
        bob.presences.some(p => Object.values(p.presences).some(s => s.lastKnownPresence === 'composing'))
      )
    },
  },
  {
    name: 'a number is registered or not',
    async run(context) {
      const ann = await context.open('Ann')
      const bob = await context.open('Bob')
      const [known] = await ann.socket.onWhatsApp(`+${bob.pn.split('@')[0]}`)
      assert.equal(known.exists, true)
      const unknown = await ann.socket.onWhatsApp('+4915550000000')
      assert.equal(unknown.some(u => u.exists), false)
    },
  },
  {
    name: '200 messages in bursts both ways arrive once and in order',
    async run(context) {
      const ann = await context.open('Ann')
      const bob = await context.open('Bob')
      await ann.send(bob.pn, 'start')
      await bob.receive('start')
      const numbers = Array.from({ length: 100 }, (_, i) => i)
      const burst = async (from, to, letter) => {
        for (const i of numbers) await from.send(to, `${letter}${i}`)
      }
      await Promise.all([burst(ann, bob.pn, 'a'), burst(bob, ann.pn, 'b')])
      await bob.receive('a99')
      await ann.receive('b99')
      assert.deepEqual(bob.texts(m => !m.fromMe), ['start', ...numbers.map(i => `a${i}`)])
      assert.deepEqual(ann.texts(m => !m.fromMe), numbers.map(i => `b${i}`))
    },
  },
]
