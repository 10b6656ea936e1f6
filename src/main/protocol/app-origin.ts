export const APP_SCHEME = 'app'
export const APP_HOST = 'berth'

/** The one origin whose pages this app shows and listens to. */
export const APP_ORIGIN = `${APP_SCHEME}://${APP_HOST}`
