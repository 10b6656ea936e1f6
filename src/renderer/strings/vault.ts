/** Words about where the secrets of this computer's worker rest. */
export const vault = {
  title: 'Secrets of this computer',
  troubles: {
    absent: 'No keychain answers on this computer',
    locked: 'The keychain of this computer is locked',
    failed: 'The keychain of this computer does not work',
  },
  keychain: 'Credentials rest in the keychain of this computer.',
  moved: (count: number) =>
    count === 1
      ? 'The keychain is there again. One change that waited for it is in it now.'
      : `The keychain is there again. ${count} changes that waited for it are in it now.`,
  memory: (count: number) => {
    if (count === 0) return 'What you enter now is kept until the app ends, and gone then.'
    const changes = count === 1 ? 'One change of credentials is' : `${count} changes of credentials are`
    return `${changes} kept until the app ends, and gone then.`
  },
  file: 'As you allowed, what you enter waits in a file that only your user can read, and goes into the keychain once it answers.',
  fixes: {
    absent: 'Start a keychain service, such as GNOME Keyring or KWallet, and sign in to it.',
    locked: 'Unlock it, then look again.',
    failed: 'Restart the app; if that does not help, the log says more.',
  },
  retry: 'Look again',
  allowFile: 'Keep them in a file',
  allowFileHelp:
    'The file is not encrypted: whoever can read your files can read it. It goes away when the keychain is there.',
  failed: 'That did not work. Nothing has changed.',
}
