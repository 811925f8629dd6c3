// A device of Baileys becomes an account of Wildcat: the same device, the same sessions.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { useMultiFileAuthState } from 'baileys'
import { assert } from '../lib/assert.mjs'

/** Baileys' own state in a folder, as most bots keep it. */
async function folderState(context) {
  const folder = await mkdtemp(join(tmpdir(), 'wildcat-import-'))
  const { state } = await useMultiFileAuthState(folder)
  const save = async creds => {
    const { state: kept, saveCreds } = await useMultiFileAuthState(folder)
    Object.assign(kept.creds, creds)
    await saveCreds()
  }
  return { folder, state, save }
}

/** What a device has asked the server for: key bundles to set up sessions with. */
const bundles = (lines, device) =>
  lines.filter(l => l.device === device && l.direction === 'incoming')
    .map(l => l.xml)
    .filter(xml => /^<iq [^>]*xmlns="encrypt"/.test(xml) && /<key>\s*<user /.test(xml))

export default [
  {
    name: 'import: a folder of Baileys goes on as a Wildcat account, in both directions, in the same sessions',
    async run(context) {
      const wildcat = await context.wildcat()
      const { folder, state, save } = await folderState(context)
      try {
        // the bot has one session it opened and one that was opened with it, and has not heard yet from a third
        const phone = await context.phone('Ann')
        const [bob, carol, dave] = [await context.open('Bob'), await context.open('Carol'), await context.open('Dave')]
        const ann = context.client('Ann', { credentials: state, phone })
        await ann.connect()
        await ann.send(bob.pn, 'Ann to Bob, by Baileys')
        await bob.receive('Ann to Bob, by Baileys')
        await bob.send(ann.pn, 'Bob to Ann, by Baileys')
        await ann.receive('Bob to Ann, by Baileys')
        await carol.send(ann.pn, 'Carol to Ann, by Baileys')
        await ann.receive('Carol to Ann, by Baileys')
        await ann.send(carol.pn, 'Ann to Carol, by Baileys')
        await carol.receive('Ann to Carol, by Baileys')
        await ann.send(dave.pn, 'Ann to Dave, by Baileys')
        await dave.receive('Ann to Dave, by Baileys')
        const device = ann.device
        await ann.disconnect()
        await save(ann.credentials.creds)

        // while nobody is there
        await bob.send(phone.pn, 'Bob to nobody')

        const identity = all => all.map(({ number, pn, lid, preKeys }) => ({ number, pn, lid, preKeys }))
        const before = identity(await phone.devices())
        const since = await context.simulator.lastLogLine()
        assert.ok(bundles(await context.simulator.log({ device }), device).length > 0, 'Baileys has asked for key bundles')
        const told = await wildcat.import('--from', `dir:${folder}`, '--account', 'moved', '--name', 'Ann')
        assert.match(told, /^moved: linked as before; \d+ sessions, \d+ pre-keys$/m)
        assert.ok(!told.includes('left out'), told)
        const account = wildcat.existing('moved', phone)
        try {
          await account.connected()
          await account.receive('Bob to nobody')

          await account.send(bob.pn, 'Ann to Bob, by Wildcat')
          const heard = await bob.receive('Ann to Bob, by Wildcat')
          assert.equal(heard.fromMe, false)
          assert.equal([heard.chat, heard.chatAlt].includes(phone.pn), true, `from ${heard.chat}`)
          await bob.send(phone.pn, 'Bob to Ann, to Wildcat')
          const event = await account.receive('Bob to Ann, to Wildcat')
          assert.equal(event.from, bob.pn)
          await carol.send(phone.pn, 'Carol to Ann, to Wildcat')
          await account.receive('Carol to Ann, to Wildcat')
          await account.send(carol.pn, 'Ann to Carol, by Wildcat')
          await carol.receive('Ann to Carol, by Wildcat')
          await account.send(dave.pn, 'Ann to Dave, by Wildcat')
          await dave.receive('Ann to Dave, by Wildcat')
          await dave.send(phone.pn, 'Dave to Ann, to Wildcat')
          await account.receive('Dave to Ann, to Wildcat')

          assert.deepEqual(account.texts(), [
            'Bob to nobody', 'Bob to Ann, to Wildcat', 'Carol to Ann, to Wildcat', 'Dave to Ann, to Wildcat',
          ])
          // the same device, nothing scanned, no session set up anew, nothing asked for again
          assert.deepEqual(identity(await phone.devices()), before)
          for (const client of [bob, carol]) {
            assert.deepEqual(client.messages.filter(m => m.stub).map(m => m.id), [], 'messages that could not be read')
          }
          const lines = await context.simulator.log({ after: since })
          assert.deepEqual(lines.filter(l => /<receipt[^>]*type="retry"/.test(l.xml)).map(l => l.xml), [])
          assert.deepEqual(bundles(lines, device), [], 'key bundles asked for')
        } finally {
          await account.remove()
        }
      } finally {
        await rm(folder, { recursive: true, force: true })
      }
    },
  },
]
