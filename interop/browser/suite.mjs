// A person at the dashboard: signs in, links a phone, chats, looks at webhooks and keys, signs out.
import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import { assert, waitFor } from '../baileys/lib/assert.mjs'
import { Simulator } from '../baileys/lib/simulator.mjs'
import { Wildcat } from '../baileys/lib/wildcat.mjs'

const LIMIT_MS = 60_000
const pictures = join(dirname(fileURLToPath(import.meta.url)), 'target')
await mkdir(pictures, { recursive: true })

const simulator = await Simulator.start()
const wildcat = await Wildcat.start(simulator)
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ['--no-sandbox'] })
const context = await browser.newContext({ viewport: { width: 1100, height: 720 }, colorScheme: 'light' })
const page = await context.newPage()
page.setDefaultTimeout(LIMIT_MS)

// whatever the page asks of another place, and whatever its policy forbids, is a fault
const faults = []
page.on('request', request => {
  const url = request.url()
  if (!url.startsWith(wildcat.address) && !url.startsWith('blob:')) faults.push(`asked ${url}`)
})
page.on('pageerror', error => faults.push(error.message))
page.on('console', message => {
  if (message.type() === 'error' && !message.text().includes('409') && !message.text().includes('401')) faults.push(message.text())
})

const you = await simulator.phone('You')
const ann = await simulator.phone('Ann')
const number = jid => jid.replace(/@.*/, '')
const picture = name => page.screenshot({ path: join(pictures, `${name}.png`) })

const steps = {
  async 'a wrong key is refused with a reason'() {
    await page.goto(wildcat.address)
    await page.getByLabel('API key').fill('wc_wrong')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByText('the API key is not valid').waitFor()
    await picture('sign-in')
  },

  async 'signs in with the keyboard alone'() {
    await page.getByLabel('API key').fill(wildcat.key)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Accounts' }).waitFor()
    const cookies = await context.cookies()
    assert(cookies.some(c => c.name === 'wildcat_session' && c.httpOnly && c.sameSite === 'Strict'), 'no safe cookie')
    assert(!(await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))).includes('wc_'), 'the key is stored')
  },

  async 'links a phone by its QR code'() {
    await page.getByLabel('New account').fill('shop')
    await page.getByRole('button', { name: 'Create and link' }).click()
    await page.getByAltText('QR code that links shop').waitFor()
    await page.getByText(/A new code follows in \d+ s/).waitFor()
    await picture('link')
    const { qr } = await wildcat.call('GET', '/v1/accounts/shop/qr')
    await you.scan(qr)
    await page.getByText('shop is linked').waitFor()
    await page.getByRole('region', { name: 'shop' }).getByText('connected', { exact: true }).waitFor()
    await picture('accounts')
  },

  async 'writes to a new chat and reads the answer'() {
    await page.getByRole('region', { name: 'shop' }).getByRole('button', { name: 'Chats' }).click()
    await page.getByLabel('Phone number of a new chat').fill(`+${number(ann.pn)}`)
    await page.getByRole('button', { name: 'New chat' }).click()
    await page.getByLabel('Message', { exact: true }).fill('Is the <b>parcel</b> there?')
    await page.keyboard.press('Enter')
    await waitFor('the text at Ann’s phone', async () =>
      (await ann.received()).some(m => m.text === 'Is the <b>parcel</b> there?'), LIMIT_MS)
    await ann.send(you.pn, 'Yes, since this morning.')
    const log = page.getByRole('log')
    await log.getByText('Yes, since this morning.').waitFor()
    await log.getByText('Is the <b>parcel</b> there?').waitFor() // as text, not as markup
    await log.getByText('✓✓').waitFor()
    await picture('chat')
  },

  async 'reads on a narrow and dark screen'() {
    await page.emulateMedia({ colorScheme: 'dark' })
    await page.setViewportSize({ width: 390, height: 760 })
    await page.getByRole('log').getByText('Yes, since this morning.').waitFor()
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    assert(overflow <= 0, `the page is ${overflow} px too wide`)
    await picture('chat-narrow-dark')
    await page.getByRole('button', { name: 'Back to all chats' }).click()
    await page.getByLabel('Phone number of a new chat').waitFor()
    await page.emulateMedia({ colorScheme: 'light' })
    await page.setViewportSize({ width: 1100, height: 720 })
  },

  async 'adds and removes a webhook'() {
    await page.getByRole('link', { name: 'Webhooks' }).click()
    await page.getByLabel('New webhook').fill('http://127.0.0.1:9/hook')
    await page.getByRole('button', { name: 'Add' }).click()
    await page.getByText(/^whsec_/).waitFor()
    const added = page.getByRole('region', { name: 'http://127.0.0.1:9/hook' })
    await added.waitFor()
    await picture('webhooks')
    await added.getByRole('button', { name: 'Remove' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
    await added.waitFor({ state: 'detached' })
  },

  async 'makes and revokes a key'() {
    await page.getByRole('link', { name: 'Keys' }).click()
    await page.getByLabel('New key').fill('night shift')
    await page.getByRole('button', { name: 'Make' }).click()
    await page.getByText(/^wc_/).waitFor()
    const made = page.getByRole('region', { name: 'night shift' })
    await made.getByText(/read, send; all accounts/).waitFor()
    await made.getByRole('button', { name: 'Revoke' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click()
    await made.waitFor({ state: 'detached' })
  },

  async 'signs out, and the cookie is worth nothing'() {
    const [cookie] = await context.cookies()
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByLabel('API key').waitFor()
    const response = await fetch(`${wildcat.address}/v1/accounts`, { headers: { cookie: `${cookie.name}=${cookie.value}` } })
    assert(response.status === 401, `the old cookie opens: ${response.status}`)
  },

  async 'nothing was asked of another place and no error was shown'() {
    assert(faults.length === 0, faults.join('\n'))
  },
}

let passed = 0
let failed = 0
for (const [name, step] of Object.entries(steps)) {
  try {
    await step()
    passed++
    console.log(`ok   ${name}`)
  } catch (error) {
    failed++
    console.log(`FAIL ${name}\n     ${error.message}`)
    await picture(`failed-${failed}`).catch(() => {})
  }
}
await browser.close()
await wildcat.close()
await simulator.stop()
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)
