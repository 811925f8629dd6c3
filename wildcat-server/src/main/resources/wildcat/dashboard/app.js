// The frame of the dashboard: signing in, navigation, which page is shown.
import { accounts } from './accounts.js'
import { get, post, remove, whenSignedOut } from './api.js'
import { chats } from './chats.js'
import { acting, h } from './dom.js'
import { keys } from './keys.js'
import { webhooks } from './webhooks.js'

const pages = {
  accounts: { title: 'Accounts', show: accounts },
  webhooks: { title: 'Webhooks', show: webhooks },
  keys: { title: 'Keys', show: keys },
}

let shown = new AbortController()

function fill(...content) {
  document.body.replaceChildren(...content)
}

function signIn() {
  shown.abort()
  const field = h('input', { id: 'key', type: 'password', autocomplete: 'current-password', required: true, autofocus: true })
  fill(
    h(
      'main.sign-in',
      {},
      h(
        'form.card',
        {
          onsubmit: acting(async () => {
            await post('/v1/session', { key: field.value })
            await start()
          }),
        },
        h('div.row', {}, h('img', { src: '/dashboard/icon.svg', alt: '', width: 32, height: 32 }), h('h1', {}, 'Wildcat')),
        h('label', { for: 'key' }, 'API key'),
        field,
        h('p.quiet.small', {}, 'The first one is in the file admin.key of the server’s data folder.'),
        h('button.main', {}, 'Sign in')
      )
    )
  )
  field.focus()
}

/** Shows what the address says: #/accounts, #/accounts/ID, #/webhooks, #/keys. */
function show(session) {
  shown.abort()
  shown = new AbortController()
  const [page = 'accounts', ...rest] = location.hash.replace(/^#\/?/, '').split('/').filter(Boolean).map(decodeURIComponent)
  const current = pages[page] ? page : 'accounts'
  const content = h('main', { id: 'content', tabindex: -1 })
  fill(
    h(
      'div.app',
      {},
      h(
        'header.top',
        {},
        h('img', { src: '/dashboard/icon.svg', alt: 'Wildcat' }),
        h(
          'nav',
          { 'aria-label': 'Pages' },
          Object.entries(pages)
            .filter(([name]) => name !== 'keys' || session.scopes.includes('admin'))
            .map(([name, { title }]) => h('a', { href: `#/${name}`, 'aria-current': name === current && 'page' }, title)),
          h('a', { href: '/docs' }, 'API')
        ),
        session.keyId !== 'none' &&
          h(
            'button',
            {
              onclick: acting(async () => {
                await remove('/v1/session')
                signIn()
              }),
            },
            'Sign out'
          )
      ),
      content
    )
  )
  const view = current === 'accounts' && rest.length > 0 ? chats : pages[current].show
  view(content, shown.signal, session, ...rest)
}

async function start() {
  const session = await get('/v1/session')
  if (!session.signedIn) {
    signIn()
    return
  }
  window.onhashchange = () => show(session)
  show(session)
}

whenSignedOut(signIn)
start().catch(error => fill(h('main', {}, h('p.bad', {}, error.message))))
