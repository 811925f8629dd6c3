// Baileys under the load that Wildcat gets: one process, N linked sessions, in-memory or file auth state.
// Speaks JSON lines: commands on standard input, answers on standard output. Driven by
// wildcat.bench.BaileysProcess.
//
//   {"do":"link","count":10}                 links sessions, answers {"linked":10}
//   {"do":"send","to":"<jid>","count":1000}  sends through session 0, each awaited, answers cpu and wall time
//   {"do":"receive","count":1000}            waits until that many texts arrived since the last call
//   {"do":"memory"}                          after a collection (needs --expose-gc)
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import readline from 'node:readline'
import makeWASocket, { DisconnectReason, initAuthCreds, makeCacheableSignalKeyStore, useMultiFileAuthState } from 'baileys'
import pino from 'pino'

const [wsUrl, adminUrl, stateKind] = process.argv.slice(2)
const logger = pino({ level: 'silent' })
const sessions = []
let received = 0
let wakeUp = () => {}

function memoryState() {
	const rows = new Map()
	return {
		state: {
			creds: initAuthCreds(),
			keys: {
				get: async (type, ids) => Object.fromEntries(ids.map(id => [id, rows.get(`${type}-${id}`)])),
				set: async data => {
					for (const type of Object.keys(data)) {
						for (const [id, value] of Object.entries(data[type])) {
							if (value) rows.set(`${type}-${id}`, value)
							else rows.delete(`${type}-${id}`)
						}
					}
				}
			}
		},
		saveCreds: async () => {}
	}
}

async function authState(name) {
	if (stateKind !== 'files') return memoryState()
	const folder = fs.mkdtempSync(path.join(os.tmpdir(), `wildcat-bench-${name}-`))
	process.on('exit', () => fs.rmSync(folder, { recursive: true, force: true }))
	return useMultiFileAuthState(folder)
}

function link(index) {
	return new Promise(async (resolve, reject) => {
		const { state, saveCreds } = await authState(index)
		const connect = () => {
			const socket = makeWASocket({
				waWebSocketUrl: wsUrl,
				auth: { creds: state.creds, keys: stateKind === 'files' ? makeCacheableSignalKeyStore(state.keys, logger) : state.keys },
				logger,
				syncFullHistory: false,
				markOnlineOnConnect: true,
				getMessage: async () => undefined,
				shouldSyncHistoryMessage: () => false
			})
			socket.ev.on('creds.update', saveCreds)
			socket.ev.on('messages.upsert', ({ messages }) => {
				for (const message of messages) {
					if (!message.key.fromMe && (message.message?.conversation || message.message?.extendedTextMessage)) received++
				}
				wakeUp()
			})
			socket.ev.on('connection.update', async update => {
				if (update.qr) {
					const answer = await fetch(`${adminUrl}/admin/mock-phone/scan-qr`, { method: 'POST', body: update.qr })
					if (!answer.ok) reject(new Error(`scan-qr: ${answer.status}`))
				}
				if (update.connection === 'open') {
					sessions[index] = socket
					resolve(socket)
				}
				if (update.connection === 'close') {
					const code = update.lastDisconnect?.error?.output?.statusCode
					if (code === DisconnectReason.restartRequired) connect()
					else if (!sessions[index]) reject(new Error(`closed with ${code}`))
				}
			})
		}
		connect()
	})
}

const cpu = since => {
	const used = process.cpuUsage(since)
	return (used.user + used.system) / 1e6
}

const commands = {
	async link({ count }) {
		const first = sessions.length
		for (let i = first; i < first + count; i++) await link(i)
		return { linked: sessions.length, me: sessions[0].user }
	},
	async send({ to, count, window = 1 }) {
		const socket = sessions[0]
		const before = process.cpuUsage()
		const start = process.hrtime.bigint()
		for (let sent = 0; sent < count; sent += window) {
			await Promise.all(Array.from({ length: Math.min(window, count - sent) }, (_, i) => socket.sendMessage(to, { text: `message ${sent + i}` })))
		}
		return { cpuSeconds: cpu(before), wallSeconds: Number(process.hrtime.bigint() - start) / 1e9, count }
	},
	async receive({ count }) {
		const before = process.cpuUsage()
		const start = process.hrtime.bigint()
		const target = count
		process.stdout.write(JSON.stringify({ ready: true }) + '\n')
		while (received < target) await new Promise(resolve => (wakeUp = resolve))
		received -= target
		return { cpuSeconds: cpu(before), wallSeconds: Number(process.hrtime.bigint() - start) / 1e9, count }
	},
	async memory() {
		for (let i = 0; i < 3; i++) global.gc?.()
		const { rss, heapUsed } = process.memoryUsage()
		return { rss, heapUsed, sessions: sessions.length }
	}
}

console.log(JSON.stringify({ started: true, node: process.version }))
for await (const line of readline.createInterface({ input: process.stdin })) {
	const command = JSON.parse(line)
	if (command.do === 'exit') process.exit(0)
	try {
		console.log(JSON.stringify(await commands[command.do](command)))
	} catch (error) {
		console.log(JSON.stringify({ error: String(error?.stack ?? error) }))
	}
}
process.exit(0)
