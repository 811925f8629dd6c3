// Baileys under the load that Wildcat gets: one process, N linked sessions, state in memory or in files.
// Speaks JSON lines: commands on standard input, answers on standard output. Driven by wildcat.bench.BaileysProcess.
//
//   node --expose-gc bench.mjs WEBSOCKET-URL ROOT-KEY-HEX memory|files FOLDER
//
//   {"do":"link","total":10}                             links sessions until there are 10; shows {"qr","index"} for each
//   {"do":"send","to":JID,"count":1000,"window":16}      sends through session 0, `window` at a time
//   {"do":"received"}                                    how many texts its handler got
//   {"do":"collect"}                                     collects garbage; the heap after it
import path from 'node:path'
import readline from 'node:readline'
import {
  DisconnectReason,
  initAuthCreds,
  makeCacheableSignalKeyStore,
  makeWASocket,
  useMultiFileAuthState,
  WA_CERT_DETAILS,
} from 'baileys'
import pino from 'pino'

const [webSocketUrl, rootKey, kindOfState, folder] = process.argv.slice(2)
const logger = pino({ level: 'silent' })
const sessions = []
let received = 0

WA_CERT_DETAILS.PUBLIC_KEY = Buffer.from(rootKey, 'hex')

// libsignal tells the console what it does, keys included
for (const level of ['log', 'info', 'warn', 'error']) console[level] = () => {}

const print = answer => process.stdout.write(`${JSON.stringify(answer)}\n`)

function memoryState() {
  const rows = new Map()
  const get = async (type, ids) => Object.fromEntries(ids.map(id => [id, rows.get(`${type}-${id}`)]))
  const set = async data => {
    for (const [type, values] of Object.entries(data)) {
      for (const [id, value] of Object.entries(values)) {
        if (value) rows.set(`${type}-${id}`, value)
        else rows.delete(`${type}-${id}`)
      }
    }
  }
  return { auth: { creds: initAuthCreds(), keys: { get, set } }, saveCreds: async () => {} }
}

// as Baileys' own example does it
async function fileState(index) {
  const { state, saveCreds } = await useMultiFileAuthState(path.join(folder, String(index)))
  return { auth: { creds: state.creds, keys: makeCacheableSignalKeyStore(state.keys, logger) }, saveCreds }
}

async function link(index) {
  const { auth, saveCreds } = kindOfState === 'files' ? await fileState(index) : memoryState()
  await new Promise((resolve, reject) => {
    let shown = false
    const connect = () => {
      const socket = makeWASocket({
        waWebSocketUrl: webSocketUrl,
        auth,
        logger,
        shouldSyncHistoryMessage: () => false,
        getMessage: async () => undefined,
      })
      socket.ev.on('creds.update', update => {
        Object.assign(auth.creds, update)
        return saveCreds()
      })
      socket.ev.on('messages.upsert', ({ messages }) => {
        for (const { key, message } of messages) {
          if (!key.fromMe && (message?.conversation || message?.extendedTextMessage)) received++
        }
      })
      socket.ev.on('connection.update', ({ qr, connection, lastDisconnect }) => {
        if (qr && !shown) {
          shown = true
          print({ qr, index })
        }
        if (connection === 'open') {
          sessions[index] = socket
          resolve()
        }
        if (connection === 'close') {
          const code = lastDisconnect?.error?.output?.statusCode
          if (code === DisconnectReason.restartRequired) return connect()
          const reason = `session ${index} was closed with ${code}: ${lastDisconnect?.error?.message}`
          process.stderr.write(`${reason}\n`)
          reject(new Error(reason)) // of no effect once it was open
        }
      })
    }
    connect()
  })
}

const commands = {
  async link({ total }) {
    for (let index = sessions.length; index < total; index++) await link(index)
    return { linked: sessions.length }
  },
  async send({ to, count, window }) {
    let next = 0
    const sender = async () => {
      for (let i = next++; i < count; i = next++) {
        await sessions[0].sendMessage(to, { text: `message ${i}` })
        // Baileys waits for no ack: with its state in memory a loop never lets the socket be read, and after half a
        // minute it believes the connection to be lost
        if (i % 100 === 99) await new Promise(setImmediate)
      }
    }
    await Promise.all(Array.from({ length: window }, sender))
    return { sent: count }
  },
  async received() {
    return { received }
  },
  async collect() {
    for (let i = 0; i < 3; i++) global.gc()
    return { heapUsed: process.memoryUsage().heapUsed }
  },
}

print({ started: process.version })
for await (const line of readline.createInterface({ input: process.stdin })) {
  const command = JSON.parse(line)
  try {
    print(await commands[command.do](command))
  } catch (error) {
    print({ error: String(error?.stack ?? error) })
  }
}
process.exit(0)
