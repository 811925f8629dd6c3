// Makes what BaileysKeysTest and MoveInTest read: the state of a linked account as Baileys writes it, one JSON value by
// name. The keys are real; person and link are made up. Prints JSON. Run in interop/baileys after its packages are
// installed: node tools/auth-state.mjs
import { BufferJSON, Curve, initAuthCreds, proto, signedKeyPair } from 'baileys'
import { createRequire } from 'node:module'
import { randomBytes } from 'node:crypto'

const require = createRequire(import.meta.url)
const { SessionBuilder, SessionCipher, SessionRecord, ProtocolAddress } = require('libsignal')
for (const level of ['log', 'info', 'warn', 'error', 'debug']) console[level] = () => {}

const state = {}
const written = value => JSON.parse(JSON.stringify(value, BufferJSON.replacer))
const signal = key => Buffer.concat([Buffer.from([5]), Buffer.from(key)])

const creds = initAuthCreds()
const phone = Curve.generateKeyPair()
creds.me = { id: '15550000001:7@s.whatsapp.net', lid: '100000000000001:7@lid', name: 'Ann' }
creds.account = proto.ADVSignedDeviceIdentity.decode(
  proto.ADVSignedDeviceIdentity.encode({
    details: randomBytes(20),
    accountSignatureKey: phone.public,
    accountSignature: randomBytes(64),
    deviceSignature: randomBytes(64),
  }).finish()
)
creds.platform = 'android'
creds.routingInfo = Buffer.from('08020512', 'hex')
creds.nextPreKeyId = 8
creds.firstUnuploadedPreKeyId = 6
state.creds = creds
// 3 was used, and so were 6 and 7
for (const id of [1, 2, 4, 5]) state[`pre-key-${id}`] = Curve.generateKeyPair()

/** Somebody with keys, whose bundle we have fetched. */
async function session(address, registrationId) {
  const identity = Curve.generateKeyPair()
  const signed = signedKeyPair(identity, 1)
  const sessions = new Map()
  const storage = {
    loadSession: async id => sessions.get(id) && SessionRecord.deserialize(sessions.get(id)),
    storeSession: async (id, record) => void sessions.set(id, record.serialize()),
    isTrustedIdentity: () => true,
    getOurIdentity: async () => ({ privKey: Buffer.from(creds.signedIdentityKey.private), pubKey: signal(creds.signedIdentityKey.public) }),
    getOurRegistrationId: async () => creds.registrationId,
  }
  const [name, device] = address.split('.')
  const whom = new ProtocolAddress(name, Number(device))
  await new SessionBuilder(storage, whom).initOutgoing({
    registrationId,
    identityKey: signal(identity.public),
    signedPreKey: { keyId: 1, publicKey: signal(signed.keyPair.public), signature: Buffer.from(signed.signature) },
  })
  await new SessionCipher(storage, whom).encrypt(Buffer.from('x'))
  state[`session-${address}`] = sessions.get(address)
  state[`identity-key-${address}`] = Buffer.from(signal(identity.public))
}

await session('15550000002.0', 1001) // by number, its lid known
await session('15550000003.12', 1002) // by number, its lid not known
await session('100000000000004_1.0', 1003) // by lid
await session('15550000002_128.99', 1004) // a hosted device
delete state['identity-key-15550000003.12'] // as from before Baileys kept them
Object.assign(state, {
  'lid-mapping-15550000002': '100000000000002',
  'lid-mapping-100000000000002_reverse': '15550000002',
  'device-list-15550000002': ['0', '12'],
  'app-state-sync-key-AAAAABCD': { keyData: randomBytes(32), fingerprint: { rawId: 1, currentIndex: 2, deviceIndexes: [0, 1] }, timestamp: '1700000000000' },
  'sender-key-120363000000000001@g.us::15550000002::0': Buffer.from('[]'),
})
process.stdout.write(`${JSON.stringify(Object.fromEntries(Object.entries(state).map(([k, v]) => [k, written(v)])), null, 1)}\n`)
