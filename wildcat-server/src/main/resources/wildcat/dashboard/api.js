// The server's API as the page uses it: with the cookie of its session.

let onSignedOut = () => {}

export function whenSignedOut(action) {
  onSignedOut = action
}

export async function call(method, path, body) {
  const response = await fetch(path, {
    method,
    headers: { 'X-Wildcat-Page': '1', ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) },
    body: body === undefined ? undefined : JSON.stringify(body),
  }).catch(() => {
    throw new Error('the server cannot be reached')
  })
  const answer = await response.json().catch(() => ({}))
  if (response.status === 401 && path !== '/v1/session') onSignedOut()
  if (!response.ok) {
    const error = new Error(answer.error ?? `the server answered ${response.status}`)
    error.status = response.status
    throw error
  }
  return answer
}

export const get = path => call('GET', path)
export const post = (path, body = {}) => call('POST', path, body)
export const remove = path => call('DELETE', path)

/** The code to scan as a picture, and for how long; null while there is none. */
export async function qr(account) {
  const response = await fetch(`/v1/accounts/${encodeURIComponent(account)}/qr`, {
    headers: { Accept: 'image/svg+xml' },
  })
  if (!response.ok) return null
  return {
    url: URL.createObjectURL(await response.blob()),
    seconds: Number(response.headers.get('X-Valid-For-Seconds')),
  }
}

/** Calls `action` now, when something has happened, and every few seconds; until the signal is aborted. */
export function live(signal, action, everyMs = 2000) {
  let running = false
  let again = false
  const run = async () => {
    if (signal.aborted || document.hidden) return
    if (running) {
      again = true
      return
    }
    running = true
    try {
      await action()
    } catch (error) {
      if (error.status === undefined) console.debug(error.message) // it is tried again
    }
    running = false
    if (again) {
      again = false
      run()
    }
  }
  const timer = setInterval(run, everyMs)
  document.addEventListener('visibilitychange', run)
  signal.addEventListener('abort', () => {
    clearInterval(timer)
    document.removeEventListener('visibilitychange', run)
  })
  run()
  return run
}
