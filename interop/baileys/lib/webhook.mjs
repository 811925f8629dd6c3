// Receives the server's webhooks, and checks their signatures as the Standard Webhooks specification says.
import { createHmac, timingSafeEqual } from 'node:crypto'
import { createServer } from 'node:http'

const MAX_AGE_S = 300

function isSigned(secret, headers, body) {
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64')
  const content = `${headers['webhook-id']}.${headers['webhook-timestamp']}.`
  const expected = Buffer.from(`v1,${createHmac('sha256', key).update(content).update(body).digest('base64')}`)
  const age = Math.abs(Date.now() / 1000 - Number(headers['webhook-timestamp']))
  return age < MAX_AGE_S && (headers['webhook-signature'] ?? '').split(' ').some(text => {
    const given = Buffer.from(text)
    return given.length === expected.length && timingSafeEqual(given, expected)
  })
}

export class WebhookReceiver {
  /** Known only after the webhook is registered; until then nothing is taken. */
  secret
  /** Events in the order they came first. */
  events = []
  /** Ids of events that came more than once. */
  repeated = []
  /** What was wrong with a delivery; such a delivery is not among the events. */
  faults = []
  #bodies = new Map()
  #server = createServer((request, response) => this.#receive(request, response))

  async listen() {
    await new Promise((resolve, reject) => {
      this.#server.once('error', reject)
      this.#server.listen(0, '127.0.0.1', resolve)
    })
    this.url = `http://127.0.0.1:${this.#server.address().port}/hook`
    return this
  }

  async #receive(request, response) {
    const chunks = []
    for await (const chunk of request) chunks.push(chunk)
    const fault = this.#take(request.headers, Buffer.concat(chunks))
    if (fault) this.faults.push(fault)
    response.writeHead(fault ? 400 : 204).end()
  }

  #take(headers, body) {
    if (!this.secret || !isSigned(this.secret, headers, body)) return `delivery ${headers['webhook-id']} is not signed`
    const event = JSON.parse(body)
    if (event.eventId !== headers['webhook-id']) return `event ${event.eventId} in delivery ${headers['webhook-id']}`
    const known = this.#bodies.get(event.eventId)
    if (known === undefined) {
      this.#bodies.set(event.eventId, body)
      this.events.push(event)
      return undefined
    }
    this.repeated.push(event.eventId)
    return known.equals(body) ? undefined : `event ${event.eventId} came again with another body`
  }

  close() {
    this.#server.closeAllConnections()
    return new Promise(resolve => this.#server.close(resolve))
  }
}
