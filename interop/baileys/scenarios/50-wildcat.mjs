// The Wildcat server between: in through REST, out through the webhook, Baileys at the other end.
import { assert, waitFor } from '../lib/assert.mjs'

const ROUNDS = 100
const numbered = (letter, count = ROUNDS) => Array.from({ length: count }, (_, i) => `${letter}${i}`)
const textOf = content => content?.conversation ?? content?.extendedTextMessage?.text

/** Waits for a message that may have come as an update, as Baileys tells of one that it could not read at first. */
function arrived(client, id, text) {
  return waitFor(`"${text}" at last`, () =>
    [...client.messages, ...client.updates.map(u => ({ id: u.id, content: u.update.message }))].find(
      m => m.id === id && textOf(m.content) === text
    ))
}

function isNow(seconds) {
  assert.equal(Number.isInteger(seconds), true)
  assert.ok(Math.abs(Date.now() / 1000 - seconds) < 120, `${seconds} is not now`)
}

const incoming = client => client.texts(m => !m.fromMe)
/** With those that Baileys could read only at the second attempt, and tells of in an update. */
const allIncoming = client => [...incoming(client), ...client.updates.map(u => textOf(u.update.message)).filter(t => t)]

/** A linked account of the server and a Baileys client who have already exchanged a message each way. */
async function acquainted(context) {
  const account = await context.account('Ann')
  const bob = await context.open('Bob')
  await account.send(bob.pn, 'first to Bob')
  await bob.receive('first to Bob')
  await bob.send(account.pn, 'first to Ann')
  await account.receive('first to Ann')
  return { account, bob }
}

/** Compares once a last message has come through each way: what was doubled would have come before it. */
async function assertExactly(account, bob, { atBob, atAnn, damaged = false }) {
  await account.send(bob.pn, 'last to Bob')
  await bob.send(account.pn, 'last to Ann')
  await bob.receive('last to Bob')
  await account.receive('last to Ann')
  const order = texts => (damaged ? [...texts].sort() : texts)
  // Baileys asks both the sender and its own phone for what it cannot read, and shows what either sends
  const shown = damaged ? [...new Set(allIncoming(bob))] : allIncoming(bob)
  assert.deepEqual(order(shown), order(['first to Bob', ...atBob, 'last to Bob']))
  assert.deepEqual(order(account.texts()), order(['first to Ann', ...atAnn, 'last to Ann']))
}

async function noRepetition(context, run) {
  const wildcat = await context.wildcat()
  const before = wildcat.repeated.length
  await run()
  assert.deepEqual(wildcat.repeated.slice(before), [], 'events delivered twice')
}

export default [
  {
    name: 'Wildcat: a text goes in through REST and Baileys reads it',
    async run(context) {
      const account = await context.account('Ann')
      const bob = await context.open('Bob')
      const id = await account.send(bob.pn, 'Hello Bob ✓ äöü 🎉')
      const message = await bob.receive('Hello Bob ✓ äöü 🎉')
      assert.equal(message.id, id)
      assert.equal(message.chat, account.lid)
      assert.equal(message.chatAlt, account.pn)
      assert.equal(message.fromMe, false)
      assert.equal(message.type, 'notify')
      assert.equal(message.pushName, account.phone.pushName)
      assert.equal(message.raw.key.participant || undefined, undefined)
      isNow(Number(message.raw.messageTimestamp))
      const event = await account.receive('Hello Bob ✓ äöü 🎉', 'message.sent')
      assert.equal(event.messageId, id)
      assert.equal(event.fromMe, true)
      assert.equal(event.chatId, bob.pn)
    },
  },
  {
    name: 'Wildcat: a text of Baileys comes out of the webhook, signed',
    async run(context) {
      const account = await context.account('Ann')
      const bob = await context.open('Bob')
      const id = await bob.send(account.pn, 'Hello Ann ✓ äöü 🎉')
      const event = await account.receive('Hello Ann ✓ äöü 🎉')
      assert.equal(event.messageId, id)
      assert.equal(event.id, id)
      assert.equal(event.accountId, account.id)
      assert.equal(event.chatId, bob.pn)
      assert.equal(event.from, bob.pn)
      assert.equal(event.senderId, bob.pn)
      assert.equal(event.participant, null)
      assert.equal(event.fromMe, false)
      assert.equal(event.type, 'text')
      assert.equal(event.pushName, (await context.phone('Bob')).pushName)
      assert.equal(event.hasMedia, false)
      assert.equal(event.quotedMessage, null)
      assert.deepEqual(event.mentions, [])
      assert.equal(event.origin, 'live')
      isNow(event.timestamp)
      assert.equal((await account.stored(id)).text, 'Hello Ann ✓ äöü 🎉')
    },
  },
  {
    name: 'Wildcat: a reply and a mention are a quote and a mention at the other end, both ways',
    async run(context) {
      const { account, bob } = await acquainted(context)
      const asked = await bob.send(account.pn, 'Is it open?')
      await account.receive('Is it open?')
      const answer = await account.reply(bob.pn, 'Until six.', asked)
      const atBob = await bob.receive('Until six.')
      assert.equal(atBob.id, answer)
      const { contextInfo } = atBob.content.extendedTextMessage
      assert.equal(contextInfo.stanzaId, asked)
      assert.equal(contextInfo.participant, bob.lid)
      assert.equal(textOf(contextInfo.quotedMessage), 'Is it open?')

      const thanks = await bob.send(account.pn, { text: 'Thanks!' }, { quoted: atBob.raw })
      const event = await account.receive('Thanks!')
      assert.equal(event.messageId, thanks)
      assert.deepEqual(event.quotedMessage, {
        messageId: answer,
        participant: account.pn,
        text: 'Until six.',
        hasMedia: false,
      })

      await bob.send(account.pn, { text: 'see @you and @me', mentions: [account.pn, bob.pn] })
      assert.deepEqual((await account.receive('see @you and @me')).mentions, [account.pn, bob.pn])
      await account.send(bob.pn, 'seen, @you', { mentions: [bob.pn] })
      const mentioned = await bob.receive('seen, @you')
      assert.deepEqual(mentioned.content.extendedTextMessage.contextInfo.mentionedJid, [bob.pn])
    },
  },
  {
    name: 'Wildcat: 200 messages in turns arrive once and in order',
    run: context =>
      noRepetition(context, async () => {
        const { account, bob } = await acquainted(context)
        for (let i = 0; i < ROUNDS; i++) {
          await account.send(bob.pn, `a${i}`)
          await bob.receive(`a${i}`)
          await bob.send(account.pn, `b${i}`)
          await account.receive(`b${i}`)
        }
        await assertExactly(account, bob, { atBob: numbered('a'), atAnn: numbered('b') })
      }),
  },
  {
    name: 'Wildcat: 200 messages in bursts both ways arrive once and in order',
    run: context =>
      noRepetition(context, async () => {
        const { account, bob } = await acquainted(context)
        const burst = async (from, to, letter) => {
          for (const text of numbered(letter)) await from.send(to, text)
        }
        await Promise.all([burst(account, bob.pn, 'a'), burst(bob, account.pn, 'b')])
        await bob.receive(`a${ROUNDS - 1}`)
        await account.receive(`b${ROUNDS - 1}`)
        await account.receive(`a${ROUNDS - 1}`, 'message.sent')
        assert.deepEqual(account.texts('message.sent'), ['first to Bob', ...numbered('a')])
        await assertExactly(account, bob, { atBob: numbered('a'), atAnn: numbered('b') })
      }),
  },
  {
    name: 'Wildcat: connections that are cut in the middle of a burst cost no message and no order',
    run: context =>
      noRepetition(context, async () => {
        const { account, bob } = await acquainted(context)
        const toBob = async () => {
          for (const [i, text] of numbered('a', 60).entries()) {
            if (i % 15 === 10) await context.simulator.cut(account.device)
            await account.sendOnce(bob.pn, text, text)
          }
        }
        const toAnn = async () => {
          for (const text of numbered('b', 60)) await bob.send(account.pn, text)
        }
        await Promise.all([toBob(), toAnn()])
        assert.notEqual(account.refusals.length, 0, 'the cuts were not felt')
        await account.receive('b59')
        await account.connected()
        await assertExactly(account, bob, { atBob: numbered('a', 60), atAnn: numbered('b', 60) })
      }),
  },
  {
    name: 'Wildcat: two who write first at the same moment both understand each other',
    async run(context) {
      const account = await context.account('Ann')
      const bob = await context.open('Bob')
      await Promise.all([account.send(bob.pn, 'a0'), bob.send(account.pn, 'b0')])
      await Promise.all([bob.receive('a0'), account.receive('b0')])
      await Promise.all([account.send(bob.pn, 'a1'), bob.send(account.pn, 'b1')])
      await Promise.all([bob.receive('a1'), account.receive('b1')])
      assert.deepEqual(incoming(bob), ['a0', 'a1'])
      assert.deepEqual(account.texts(), ['b0', 'b1'])
    },
  },
  {
    name: 'Wildcat: what was sent while Baileys was away arrives in order and once',
    async run(context) {
      const { account, bob } = await acquainted(context)
      await bob.disconnect()
      for (const text of numbered('a', 20)) await account.send(bob.pn, text)
      await bob.connect()
      await bob.receive('a19')
      await assertExactly(account, bob, { atBob: numbered('a', 20), atAnn: [] })
    },
  },
  {
    name: 'Wildcat: what was sent while the account was disconnected arrives in order and once',
    run: context =>
      noRepetition(context, async () => {
        const { account, bob } = await acquainted(context)
        await account.disconnect()
        await waitFor('the account to be disconnected', async () => (await account.status()) !== 'connected')
        await assert.rejects(account.send(bob.pn, 'not now'), error => error.status >= 400)
        for (const text of numbered('b', 20)) await bob.send(account.pn, text)
        await account.connect()
        await account.receive('b19')
        for (const event of account.events('message.received').slice(1)) assert.equal(event.origin, 'offline')
        await account.connected()
        await assertExactly(account, bob, { atBob: [], atAnn: numbered('b', 20) })
      }),
  },
  {
    name: 'Wildcat: both are away in turn',
    async run(context) {
      const { account, bob } = await acquainted(context)
      await account.disconnect()
      await bob.send(account.pn, 'b0')
      await bob.disconnect()
      await account.connect()
      await account.receive('b0')
      await account.connected()
      await account.send(bob.pn, 'a0')
      await bob.connect()
      await bob.receive('a0')
      assert.deepEqual(incoming(bob), ['first to Bob', 'a0'])
    },
  },
  {
    name: 'Wildcat: Baileys asks for a damaged message again and gets it',
    async run(context) {
      const { account, bob } = await acquainted(context)
      await context.simulator.arm({ direction: 'outgoing', tag: 'message', device: bob.device }, { do: 'corrupt-enc' })
      const id = await account.send(bob.pn, 'damaged')
      await arrived(bob, id, 'damaged')
      const ledger = await context.simulator.ledger(bob.device)
      assert.ok(ledger.some(d => d.id === id && d.tag === 'message' && d.completion === 'retry'))
      await account.send(bob.pn, 'intact again')
      await bob.receive('intact again')
      await bob.send(account.pn, 'got it')
      await account.receive('got it')
    },
  },
  {
    name: 'Wildcat: a damaged message of Baileys is asked for again and comes out once',
    async run(context) {
      const { account, bob } = await acquainted(context)
      await context.simulator.arm({ direction: 'outgoing', tag: 'message', device: account.device }, { do: 'corrupt-enc' })
      const id = await bob.send(account.pn, 'damaged')
      const event = await account.receive('damaged')
      assert.equal(event.messageId, id)
      const ledger = await context.simulator.ledger(account.device)
      assert.ok(ledger.some(d => d.id === id && d.tag === 'message' && d.completion === 'retry'))
      await bob.send(account.pn, 'intact again')
      await account.receive('intact again')
      assert.deepEqual(account.texts(), ['first to Ann', 'damaged', 'intact again'])
      await account.send(bob.pn, 'got it')
      await bob.receive('got it')
    },
  },
  {
    name: 'Wildcat: the very first message, damaged, is repaired in both directions',
    async run(context) {
      const account = await context.account('Ann')
      const bob = await context.open('Bob')
      const cat = await context.open('Cat')
      await context.simulator.arm({ direction: 'outgoing', tag: 'message', device: bob.device }, { do: 'corrupt-enc' })
      await arrived(bob, await account.send(bob.pn, 'damaged to Bob'), 'damaged to Bob')
      await context.simulator.arm({ direction: 'outgoing', tag: 'message', device: account.device }, { do: 'corrupt-enc' })
      await cat.send(account.pn, 'damaged to Ann')
      await account.receive('damaged to Ann')
      await bob.send(account.pn, 'Bob got it')
      await account.receive('Bob got it')
      await account.send(cat.pn, 'Ann got it')
      await cat.receive('Ann got it')
      assert.deepEqual(account.texts(), ['damaged to Ann', 'Bob got it'])
    },
  },
  {
    name: 'Wildcat: three of twenty are damaged in each direction and all arrive',
    async run(context) {
      const { account, bob } = await acquainted(context)
      for (const skip of [3, 5, 5]) {
        for (const { device } of [bob, account]) {
          await context.simulator.arm({ direction: 'outgoing', tag: 'message', device }, { do: 'corrupt-enc' }, { skip })
        }
      }
      for (let i = 0; i < 20; i++) {
        await account.send(bob.pn, `a${i}`)
        await bob.send(account.lid, `b${i}`)
      }
      for (const text of numbered('b', 20)) await account.receive(text)
      await waitFor('all at Bob', () => numbered('a', 20).every(text => allIncoming(bob).includes(text)))
      assert.deepEqual((await context.simulator.armed()).map(fault => fault.fired), [1, 1, 1, 1, 1, 1])
      for (const { device } of [bob, account]) {
        const ledger = await context.simulator.ledger(device)
        assert.ok(ledger.filter(d => d.tag === 'message' && d.completion === 'retry').length >= 3)
      }
      await assertExactly(account, bob, { atBob: numbered('a', 20), atAnn: numbered('b', 20), damaged: true })
    },
  },
  {
    name: 'Wildcat: receipts of Baileys move the message to delivered and to read',
    async run(context) {
      const { account, bob } = await acquainted(context)
      const id = await account.send(bob.pn, 'read me')
      const message = await bob.receive('read me')
      await waitFor('delivered', async () => (await account.stored(id)).status === 'delivered')
      await bob.socket.readMessages([message.raw.key])
      await waitFor('read', async () => (await account.stored(id)).status === 'read')
      const statuses = await waitFor('both at the webhook', () => {
        const all = account.events('message.status').filter(e => e.messageId === id).map(e => e.status)
        return all.includes('read') && all
      })
      assert.deepEqual(statuses.filter(s => s === 'delivered' || s === 'read'), ['delivered', 'read'])
    },
  },
  {
    name: 'Wildcat: Baileys sees its message delivered',
    async run(context) {
      const { account, bob } = await acquainted(context)
      const id = await bob.send(account.pn, 'tick me')
      await account.receive('tick me')
      await context.simulator.acknowledged(bob.device, id)
      await waitFor('the delivery', async () =>
        (await context.simulator.ledger(account.device)).some(d => d.id === id && d.completion === 'receipt')
      )
    },
  },
  ...['SIGTERM', 'SIGKILL'].map(signal => ({
    name: `Wildcat: a conversation goes on after ${signal} and a new start`,
    async run(context) {
      const { account, bob } = await acquainted(context)
      const wildcat = await context.wildcat()
      await wildcat.stop(signal)
      for (const text of numbered('b', 20)) await bob.send(account.pn, text)
      await wildcat.start()
      await account.connected()
      await account.receive('b19')
      await assertExactly(account, bob, { atBob: [], atAnn: numbered('b', 20) })
      assert.equal((await account.phone.devices()).length, 1)
    },
  })),
  {
    name: 'Wildcat: all devices of both sides have the conversation',
    async run(context) {
      const account = await context.account('Ann')
      const own = await context.open('Ann', { phone: account.phone })
      const one = await context.open('Bob')
      const two = await context.open('Bob')
      assert.equal(own.pn, account.pn)
      assert.equal(one.pn, two.pn)
      const id = await account.send(one.pn, 'to both')
      assert.equal((await one.receive('to both')).id, id)
      assert.equal((await two.receive('to both')).id, id)
      const copy = await own.receive('to both')
      assert.equal(copy.id, id)
      assert.equal(copy.fromMe, true)
      assert.equal(copy.chat, one.lid)

      const typed = await own.send(one.pn, 'typed elsewhere')
      await one.receive('typed elsewhere')
      await two.receive('typed elsewhere')
      const event = await account.receive('typed elsewhere', 'message.sent')
      assert.equal(event.messageId, typed)
      assert.equal(event.fromMe, true)
      assert.equal(event.chatId, one.pn)

      await two.send(account.pn, 'from the second')
      assert.equal((await account.receive('from the second')).chatId, one.pn)
      assert.equal((await own.receive('from the second')).fromMe, false)
      assert.equal((await one.receive('from the second')).fromMe, true)
      await one.send(account.pn, 'from the first')
      assert.equal((await account.receive('from the first')).chatId, one.pn)
      assert.deepEqual(account.texts(), ['from the second', 'from the first'])
    },
  },
]
