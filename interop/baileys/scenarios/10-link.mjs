// Linking, logging in, staying, and the ways a connection ends.
import { DisconnectReason } from 'baileys'
import { assert, waitFor } from '../lib/assert.mjs'

export default [
  {
    name: 'a client is linked by its QR code and logs in',
    async run(context) {
      const ann = await context.open('Ann')
      assert.match(ann.device, /^1555\d{7}:1@s\.whatsapp\.net$/)
      assert.match(ann.lid, /^1000\d{11}@lid$/)
      assert.deepEqual(ann.ends, [DisconnectReason.restartRequired])
      const phone = await context.phone('Ann')
      assert.equal(phone.pn, ann.pn)
      const [device] = await waitFor('the uploaded pre-keys', async () => {
        const devices = await phone.devices()
        return devices[0].preKeys >= 800 && devices
      })
      assert.equal(device.active, true)
    },
  },
  {
    name: 'a code that nobody shows is refused',
    async run({ simulator }) {
      const key = Buffer.alloc(32, 7).toString('base64')
      await assert.rejects(simulator.scan(`2@nobody,${key},${key},${key},1`), { status: 404 })
      await assert.rejects(simulator.scan('hello'), { status: 400 })
    },
  },
  {
    name: 'the phone sends app state keys and a history to a new client',
    async run(context) {
      const ann = await context.open('Ann')
      await waitFor('the history', () => ann.histories.length > 0)
      await waitFor('the app state key', () => ann.credentials.creds.myAppStateKeyId)
    },
  },
  {
    name: 'a client stays connected over pings',
    async run(context) {
      const ann = await context.open('Ann', { keepAliveMs: 1_000 })
      const from = await context.simulator.lastLogLine()
      await waitFor('three answered pings', async () => {
        const lines = await context.simulator.log({ after: from, device: ann.device })
        return lines.filter(l => l.direction === 'incoming' && l.xml.includes('xmlns="w:p"')).length >= 3
      })
      assert.deepEqual(ann.ends, [DisconnectReason.restartRequired])
    },
  },
  {
    name: 'a second connection of the same device replaces the first',
    async run(context) {
      const first = await context.open('Ann')
      const second = await context.open('Ann', { credentials: first.credentials })
      await waitFor('the first to be replaced', () => first.ends.includes(DisconnectReason.connectionReplaced))
      await second.send(second.pn, 'still here')
      assert.equal(second.ends.length, 0)
    },
  },
  {
    name: 'the phone unlinks a connected client, and its next login is refused',
    async run(context) {
      const ann = await context.open('Ann')
      const phone = await context.phone('Ann')
      await phone.unlink(1)
      await waitFor('the logout', () => ann.ends.at(-1) === DisconnectReason.loggedOut)
      assert.deepEqual(await phone.devices(), [])
      const again = context.client('Ann', { credentials: ann.credentials })
      again.start()
      await waitFor('the refusal', () => again.ends.at(-1) === DisconnectReason.loggedOut)
    },
  },
  {
    name: 'a client logs out by itself',
    async run(context) {
      const ann = await context.open('Ann')
      const phone = await context.phone('Ann')
      await ann.socket.logout()
      await waitFor('the device to be gone', async () => (await phone.devices()).length === 0)
    },
  },
  {
    name: 'a client reconnects after a restart stanza, an error and a cut',
    async run(context) {
      const ann = await context.open('Ann', { keepAliveMs: 1_000 })
      for (const code of [515, 503]) {
        const opens = ann.opens
        await context.simulator.arm(
          { direction: 'incoming', tag: 'iq', namespace: 'w:p', device: ann.device },
          { do: 'stream-error', code }
        )
        await waitFor(`the reconnect after ${code}`, () => ann.ends.at(-1) === code && ann.opens > opens)
      }
      const opens = ann.opens
      await context.simulator.cut(ann.device)
      await waitFor('the reconnect after the cut', () => ann.opens > opens)
    },
  },
]
