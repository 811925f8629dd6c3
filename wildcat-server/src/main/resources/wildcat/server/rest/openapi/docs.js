// The key stays in this page's memory: it goes into the header of each request and is gone with the tab.
'use strict'
const problem = document.getElementById('problem')

async function show(key) {
  const headers = key === '' ? {} : { Authorization: `Bearer ${key}` }
  const answer = await fetch('/openapi.json', { headers })
  if (!answer.ok) {
    problem.textContent = (await answer.json()).error
    return
  }
  problem.textContent = ''
  SwaggerUIBundle({
    dom_id: '#ui',
    spec: await answer.json(),
    deepLinking: true,
    validatorUrl: null,
    requestInterceptor: request => {
      if (key !== '' && request.headers.Authorization === undefined) Object.assign(request.headers, headers)
      return request
    },
  })
}

function start() {
  show(document.getElementById('key').value.trim()).catch(() => {
    problem.textContent = 'The server does not answer.'
  })
}

document.getElementById('sign-in').addEventListener('submit', event => {
  event.preventDefault()
  start()
})
start() // a server without authentication needs no key
