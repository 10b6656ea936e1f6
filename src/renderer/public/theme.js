// Paints the theme before the first frame: a classic script, so that it runs before the page is drawn.
// `applyAppearance` in platform/appearance.ts does the same while the app runs; keep the two alike.
;(() => {
  let stored = {}
  try {
    stored = JSON.parse(localStorage.getItem('berth.settings') ?? '{}') ?? {}
  } catch {
    // Storage that is blocked or damaged: the system's preference decides.
  }
  const prefers = (query) => matchMedia(query).matches
  const dark = stored.theme === 'dark' || (stored.theme !== 'light' && prefers('(prefers-color-scheme: dark)'))
  const root = document.documentElement
  root.classList.toggle('dark', dark)
  if (stored.contrast === 'more' || prefers('(prefers-contrast: more)')) root.dataset.contrast = 'more'
})()
