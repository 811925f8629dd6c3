// Makes the vectors of BaileysSessionTest: sessions as libsignal-node keeps them for Baileys, what the same library
// encrypts with them next, and what the other side has sent meanwhile. Prints JSON. Run in interop/baileys after
// its packages are installed: node tools/sessions.mjs
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)
const libsignal = require('libsignal')
const { SessionBuilder, SessionCipher, SessionRecord, ProtocolAddress, keyhelper, curve } = libsignal
const print = text => process.stdout.write(`${text}\n`)
for (const level of ['log', 'info', 'warn', 'error', 'debug']) console[level] = () => {}

/** A device with its keys and one session, kept the way Baileys does: serialised after each step. */
class Device {
  identity = keyhelper.generateIdentityKeyPair()
  registrationId = keyhelper.generateRegistrationId()
  preKeys = new Map()
  sessions = new Map()

  constructor(name) {
    this.address = new ProtocolAddress(name, 0)
    this.signedPreKey = keyhelper.generateSignedPreKey(this.identity, 1)
  }

  bundle(preKeyId) {
    const preKey = keyhelper.generatePreKey(preKeyId)
    this.preKeys.set(String(preKeyId), preKey.keyPair)
    return {
      registrationId: this.registrationId,
      identityKey: this.identity.pubKey,
      signedPreKey: {
        keyId: this.signedPreKey.keyId,
        publicKey: this.signedPreKey.keyPair.pubKey,
        signature: this.signedPreKey.signature,
      },
      preKey: { keyId: preKeyId, publicKey: preKey.keyPair.pubKey },
    }
  }

  async loadSession(id) {
    const stored = this.sessions.get(id)
    return stored && SessionRecord.deserialize(JSON.parse(stored))
  }
  async storeSession(id, record) {
    this.sessions.set(id, JSON.stringify(record.serialize()))
  }
  isTrustedIdentity() {
    return true
  }
  async loadPreKey(id) {
    return this.preKeys.get(String(id))
  }
  async removePreKey(id) {
    this.preKeys.delete(String(id))
  }
  async loadSignedPreKey() {
    return this.signedPreKey.keyPair
  }
  async getOurIdentity() {
    return this.identity
  }
  async getOurRegistrationId() {
    return this.registrationId
  }

  async start(peer, preKeyId) {
    await new SessionBuilder(this, peer.address).initOutgoing(peer.bundle(preKeyId))
  }
  async encrypt(peer, text) {
    const { type, body } = await new SessionCipher(this, peer.address).encrypt(Buffer.from(text))
    return { type: type === 3 ? 'pkmsg' : 'msg', message: Buffer.from(body).toString('base64'), text }
  }
  async decrypt(peer, { type, message }) {
    const cipher = new SessionCipher(this, peer.address)
    const bytes = Buffer.from(message, 'base64')
    return (await (type === 'pkmsg' ? cipher.decryptPreKeyWhisperMessage(bytes) : cipher.decryptWhisperMessage(bytes))).toString()
  }
  async hear(peer, messages) {
    for (const message of messages) await this.decrypt(peer, message)
  }
  async say(peer, ...texts) {
    const messages = []
    for (const text of texts) messages.push(await this.encrypt(peer, text))
    return messages
  }
}

const base64 = bytes => Buffer.from(bytes).toString('base64')

/** `ours` at this moment; what comes is already under way, what it sends next is found out on a copy. */
async function vector(name, ours, theirs, incoming) {
  const record = JSON.parse(ours.sessions.get(theirs.address.toString()))
  const kept = ours.sessions.get(theirs.address.toString())
  const outgoing = await ours.say(theirs, 'first after the move', 'second', 'third')
  ours.sessions.set(theirs.address.toString(), kept)
  return {
    name,
    identity: { private: base64(ours.identity.privKey), public: base64(ours.identity.pubKey) },
    registrationId: ours.registrationId,
    remoteIdentity: base64(theirs.identity.pubKey),
    remoteRegistrationId: theirs.registrationId,
    record,
    incoming,
    outgoing,
  }
}

const vectors = []

{
  const [alice, bob] = [new Device('alice'), new Device('bob')]
  await alice.start(bob, 31)
  vectors.push(await vector('set up, nothing sent', alice, bob, []))
  await alice.say(bob, 'one', 'two')
  vectors.push(await vector('sent, not answered', alice, bob, []))
}
{
  const [alice, bob] = [new Device('alice'), new Device('bob')]
  await bob.start(alice, 7)
  await alice.hear(bob, await bob.say(alice, 'hello'))
  vectors.push(await vector('received, not answered', alice, bob, await bob.say(alice, 'are you there?', 'well?')))
}
{
  const [alice, bob] = [new Device('alice'), new Device('bob')]
  await alice.start(bob, 9)
  await bob.hear(alice, await alice.say(bob, 'a1', 'a2'))
  await alice.hear(bob, await bob.say(alice, 'b1'))
  await bob.hear(alice, await alice.say(bob, 'a3'))
  const late = await bob.say(alice, 'b2', 'b3', 'b4', 'b5')
  await alice.hear(bob, [late[0], late[3]])
  const turned = await alice.say(bob, 'a4')
  await bob.hear(alice, turned)
  const newer = await bob.say(alice, 'b6', 'b7', 'b8')
  await alice.hear(bob, [newer[1]])
  vectors.push(
    await vector('skipped messages of a closed and of the open chain', alice, bob, [
      newer[2], late[2], newer[0], late[1], ...(await bob.say(alice, 'b9')),
    ])
  )
}
{
  const [alice, bob] = [new Device('alice'), new Device('bob')]
  await alice.start(bob, 11)
  await bob.hear(alice, await alice.say(bob, 'old session'))
  const ofOld = await bob.say(alice, 'late in the old session', 'later in the old session')
  await alice.hear(bob, [ofOld[0]])
  await bob.start(alice, 12)
  await alice.hear(bob, await bob.say(alice, 'new session'))
  vectors.push(
    await vector('two sessions, one closed', alice, bob, [ofOld[1], ...(await bob.say(alice, 'in the new session'))])
  )
}
{
  const [alice, bob] = [new Device('alice'), new Device('bob')]
  await alice.start(bob, 13)
  await bob.hear(alice, await alice.say(bob, 'x'))
  for (let i = 0; i < 12; i++) {
    await alice.hear(bob, await bob.say(alice, `b${i}`))
    await bob.hear(alice, await alice.say(bob, `a${i}`))
  }
  vectors.push(await vector('many turns', alice, bob, await bob.say(alice, 'after many turns')))
}
print(JSON.stringify({ library: `libsignal ${require('libsignal/package.json').version} (libsignal-node)`, vectors }, null, 1))
