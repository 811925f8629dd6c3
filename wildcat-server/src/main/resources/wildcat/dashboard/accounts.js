// All accounts and how they stand; creating, linking, connecting, deleting them.
import { get, live, post, qr, remove } from './api.js'
import { acting, confirmed, h, notice, time } from './dom.js'

const path = id => `/v1/accounts/${encodeURIComponent(id)}`
const names = {
  waiting_for_link: 'waiting to be linked',
  logged_out: 'logged out',
  key_error: 'keys unreadable',
}

export function accounts(content, signal) {
  const list = h('div')
  const id = h('input', { id: 'new-account', placeholder: 'mybusiness', pattern: '[A-Za-z0-9._\\-]{1,64}', required: true, autocomplete: 'off' })
  content.replaceChildren(
    h(
      'div.page',
      {},
      h('div.row', {}, h('h1.grow', {}, 'Accounts')),
      h(
        'form.card.row',
        {
          onsubmit: acting(async () => {
            const created = id.value
            await post('/accounts', { id: created })
            id.value = ''
            refresh()
            link(created, refresh)
          }),
        },
        h('label', { for: 'new-account' }, 'New account'),
        h('div.grow', {}, id),
        h('button.main', {}, 'Create and link')
      ),
      list
    )
  )
  let before = ''
  const refresh = live(signal, async () => {
    const all = (await get('/v1/accounts')).accounts
    const now = JSON.stringify(all)
    if (now === before) return // what has the focus keeps it
    before = now
    list.replaceChildren(
      ...(all.length === 0
        ? [h('p.quiet', {}, 'No account yet. Create one and scan its code with your phone.')]
        : all.map(account => card(account, () => refresh())))
    )
  })
}

function card(account, refresh) {
  const waits = ['waiting_for_link', 'connecting', 'created', 'logged_out', 'disconnected'].includes(account.status)
  return h(
    'section.card',
    { 'aria-label': account.id },
    h(
      'div.row',
      {},
      h(
        'div.grow',
        {},
        h('h2', {}, account.id, account.name && account.name !== account.id ? h('span.quiet', {}, ` ${account.name}`) : ''),
        h(
          'div.small',
          {},
          h(`span.status.${account.status}`, {}, names[account.status] ?? account.status.replaceAll('_', ' ')),
          h('span.quiet', {}, ` since ${time(account.since)}${account.reason ? `: ${account.reason}` : ''}`)
        )
      ),
      h('button.main', { onclick: () => (location.hash = `#/accounts/${encodeURIComponent(account.id)}`) }, 'Chats'),
      waits && h('button', { onclick: () => link(account.id, refresh) }, 'Link'),
      account.status === 'connected' &&
        h('button', { onclick: acting(async () => (await post(`${path(account.id)}/disconnect`), refresh())) }, 'Disconnect'),
      account.status !== 'connected' &&
        h('button', { onclick: acting(async () => (await post(`${path(account.id)}/connect`), refresh())) }, 'Connect'),
      account.status === 'connected' &&
        h(
          'button.danger',
          {
            onclick: acting(async () => {
              const question = `Unlink ${account.id} from its phone? To use it again, a new code must be scanned.`
              if (await confirmed(question, 'Unlink')) await post(`${path(account.id)}/logout`)
              refresh()
            }),
          },
          'Unlink'
        ),
      h(
        'button.danger',
        {
          onclick: acting(async () => {
            const question = `Delete ${account.id}? Its keys are removed; its messages stay stored.`
            if (await confirmed(question, 'Delete')) await remove(`/accounts/${encodeURIComponent(account.id)}`)
            refresh()
          }),
        },
        'Delete'
      )
    )
  )
}

/** Shows the code of an account, always the current one, until it is scanned or the dialog is closed. */
function link(id, refresh) {
  const stop = new AbortController()
  const picture = h('img.qr', { alt: `QR code that links ${id}`, hidden: true })
  const state = h('p', { role: 'status' }, 'Asking WhatsApp for a code …')
  const dialog = h(
    'dialog',
    { 'aria-label': `Link ${id}`, onclose: () => (stop.abort(), dialog.remove(), refresh()) },
    h('h2', {}, `Link ${id}`),
    h('p.quiet.small', {}, 'On the phone: Settings > Linked devices > Link a device, and scan.'),
    picture,
    state,
    h('form.row', { method: 'dialog' }, h('button', {}, 'Close'))
  )
  document.body.append(dialog)
  dialog.showModal()
  let until = 0
  let asked = false
  live(
    stop.signal,
    async () => {
      const account = (await get(path(id))).account
      if (account.status === 'connected') {
        notice(`${id} is linked`, true)
        dialog.close()
        return
      }
      if (!asked && ['created', 'logged_out', 'disconnected'].includes(account.status)) {
        asked = true
        await post(`${path(id)}/connect`)
      }
      if (Date.now() >= until - 1000) {
        const code = await qr(id)
        if (code) {
          URL.revokeObjectURL(picture.src)
          picture.src = code.url
          picture.hidden = false
          until = Date.now() + code.seconds * 1000
        }
      }
      const left = Math.max(0, Math.round((until - Date.now()) / 1000))
      state.textContent = picture.hidden
        ? `Asking WhatsApp for a code … (${names[account.status] ?? account.status})`
        : left > 0
          ? `A new code follows in ${left} s.`
          : account.reason || 'The next code is on its way …'
    },
    1000
  )
}
