// An unmodified Baileys client with its state in memory, and what happened to it.
import {
  DisconnectReason,
  initAuthCreds,
  makeWASocket,
  WA_CERT_DETAILS,
} from 'baileys'
import { waitFor } from './assert.mjs'

/** Collects what Baileys logs, so that a failed scenario can show it. */
class Log {
  level = process.env.BAILEYS_LOG ?? 'warn'
  lines = []

  child() {
    return this
  }

  #add(level, first, second) {
    const text = typeof first === 'string' ? first : `${second ?? ''} ${describe(first)}`
    this.lines.push(`${level} ${text}`)
    if (this.lines.length > 200) this.lines.shift()
  }

  trace() {}
  debug() {}
  info(first, second) {
    if (process.env.BAILEYS_LOG === 'info') this.#add('info', first, second)
  }
  warn(first, second) {
    this.#add('warn', first, second)
  }
  error(first, second) {
    this.#add('error', first, second)
  }
  fatal(first, second) {
    this.#add('fatal', first, second)
  }
}

function describe(object) {
  try {
    return JSON.stringify(object, (_, value) =>
      value instanceof Error ? value.stack : Buffer.isBuffer(value) ? value.toString('base64') : value
    )
  } catch {
    return String(object)
  }
}

/** Baileys' store of Signal keys, kept in memory. */
function memoryKeys() {
  const data = new Map()
  return {
    async get(type, ids) {
      const found = {}
      for (const id of ids) {
        const value = data.get(`${type} ${id}`)
        if (value !== undefined) found[id] = value
      }
      return found
    },
    async set(all) {
      for (const [type, values] of Object.entries(all)) {
        for (const [id, value] of Object.entries(values)) {
          if (value === null || value === undefined) data.delete(`${type} ${id}`)
          else data.set(`${type} ${id}`, value)
        }
      }
    },
    async clear() {
      data.clear()
    },
  }
}

export class BaileysClient {
  log = new Log()
  /** Messages as Baileys raised them: {id, chat, sender, fromMe, text, type, pushName, at}. */
  messages = []
  /** messages.update events: {id, update}. */
  updates = []
  /** message-receipt.update events. */
  receipts = []
  presences = []
  histories = []
  /** Status codes of the connections that ended, oldest first. */
  ends = []
  opens = 0
  scans = 0
  sent = new Map()
  #simulator
  #options
  #wanted = false
  #socket

  /**
   * @param options pushName; keepAliveMs; phone: the phone that scans, else the one of the push name;
   *   credentials: {creds, keys} of another client, to be the same device; reconnect: false to stay closed
   */
  constructor(simulator, options = {}) {
    this.#simulator = simulator
    this.#options = { reconnect: true, ...options }
    this.credentials = options.credentials ?? { creds: initAuthCreds(), keys: memoryKeys() }
  }

  get socket() {
    return this.#socket
  }

  /** Own pn with device, once linked. */
  get device() {
    return this.credentials.creds.me?.id
  }

  get pn() {
    return this.device?.replace(/:\d+@/, '@')
  }

  get lid() {
    return this.credentials.creds.me?.lid?.replace(/:\d+@/, '@')
  }

  /** Connects, links if needed, and waits for `open`. */
  async connect() {
    const before = this.opens
    this.#wanted = true
    this.#open()
    await waitFor(`${this.#options.pushName} to be open`, () => {
      if (!this.#wanted) throw new Error(`connection ended with ${this.ends.at(-1)}`)
      return this.opens > before
    }, 30_000)
    return this
  }

  /** Starts a connection without waiting for anything. */
  start() {
    this.#wanted = true
    this.#open()
  }

  #open() {
    WA_CERT_DETAILS.PUBLIC_KEY = this.#simulator.root
    const socket = makeWASocket({
      waWebSocketUrl: this.#simulator.webSocket,
      auth: this.credentials,
      logger: this.log,
      pushName: this.#options.pushName,
      keepAliveIntervalMs: this.#options.keepAliveMs ?? 30_000,
      shouldSyncHistoryMessage: () => true,
      getMessage: async key => this.sent.get(key.id),
    })
    this.#socket = socket
    socket.ev.on('creds.update', update => Object.assign(this.credentials.creds, update))
    socket.ev.on('connection.update', update => this.#connection(socket, update))
    socket.ev.on('messages.upsert', ({ messages, type }) => {
      for (const message of messages) this.#message(message, type)
    })
    socket.ev.on('messages.update', all => {
      for (const { key, update } of all) this.updates.push({ id: key.id, update })
    })
    socket.ev.on('message-receipt.update', all => this.receipts.push(...all))
    socket.ev.on('presence.update', update => this.presences.push(update))
    socket.ev.on('messaging-history.set', history => this.histories.push(history))
  }

  #connection(socket, { connection, lastDisconnect, qr }) {
    if (qr !== undefined && this.scans === 0) {
      this.scans++
      const scan = this.#options.phone ? this.#options.phone.scan(qr) : this.#simulator.scan(qr)
      scan.catch(error => {
        this.log.error(`scan: ${error.message}`)
        this.#wanted = false
      })
    }
    if (connection === 'open') this.opens++
    if (connection === 'close' && socket === this.#socket) {
      const code = lastDisconnect?.error?.output?.statusCode
      this.ends.push(code)
      const again = this.#options.reconnect || code === DisconnectReason.restartRequired
      const final = [DisconnectReason.loggedOut, DisconnectReason.connectionReplaced].includes(code)
      if (this.#wanted && again && !final) this.#open()
      else this.#wanted = false
    }
  }

  #message(message, type) {
    const content = message.message ?? {}
    const { key } = message
    this.messages.push({
      id: key.id,
      chat: key.remoteJid,
      chatAlt: key.remoteJidAlt,
      fromMe: key.fromMe,
      text: content.conversation ?? content.extendedTextMessage?.text,
      content,
      type,
      stub: message.messageStubType,
      pushName: message.pushName,
      raw: message,
    })
  }

  /** Leaves without logging out. */
  async disconnect() {
    this.#wanted = false
    const socket = this.#socket
    this.#socket = undefined
    if (socket && !socket.ws.isClosed) {
      await socket.end(undefined)
      await waitFor('the WebSocket to close', () => socket.ws.isClosed)
    }
  }

  /** Sends; resolves with the message's id when Baileys has written it. */
  async send(to, content, options) {
    const message = await this.#socket.sendMessage(to, typeof content === 'string' ? { text: content } : content, options)
    this.sent.set(message.key.id, message.message)
    return message.key.id
  }

  /** All texts of others (or own ones) with that text, in order. */
  texts(filter = () => true) {
    return this.messages.filter(m => m.text !== undefined && filter(m)).map(m => m.text)
  }

  /** The highest status of a message: 2 acknowledged, 3 delivered, 4 read. Baileys may put it into the message itself. */
  status(id) {
    const known = this.messages.filter(m => m.id === id).map(m => m.raw.status ?? 0)
    const updated = this.updates.filter(u => u.id === id).map(u => u.update.status ?? 0)
    return Math.max(0, ...known, ...updated)
  }

  async receive(text, limitMs) {
    return waitFor(
      `"${text}" at ${this.#options.pushName}`,
      () => this.messages.find(m => m.text === text),
      limitMs
    )
  }
}
