import type { EngineStatus } from '../../../contract/agent/engine.ts'
import { strings } from '../../strings/index.ts'

/** A way out of an engine state: a command to copy, or a page to read. */
export type EngineFix = { label: string; command: string }

export const DOCKER_PAGE = 'https://docs.docker.com/get-started/get-docker/'

/**
 * Commands that usually help. The worker may be any system, so each is named by the system that it is for.
 * Sources: docs.docker.com/engine/install/linux-postinstall, formulae.brew.sh/cask/docker-desktop, winget.run/pkg/Docker.
 */
export const ENGINE_FIXES: Record<Exclude<EngineStatus, 'ready'>, readonly EngineFix[]> = {
  missing: [
    { label: strings.engine.installDebian, command: 'sudo apt-get install docker.io' },
    { label: strings.engine.installMac, command: 'brew install --cask docker-desktop' },
    { label: strings.engine.installWindows, command: 'winget install Docker.DockerDesktop' },
  ],
  stopped: [{ label: strings.engine.startLinux, command: 'sudo systemctl start docker' }],
  starting: [],
  forbidden: [
    { label: strings.engine.groupLinux, command: 'sudo usermod -aG docker "$USER"' },
    { label: strings.engine.groupWindows, command: 'net localgroup docker-users "%USERNAME%" /ADD' },
  ],
  too_old: [{ label: strings.engine.installDebian, command: 'sudo apt-get install --only-upgrade docker.io' }],
  unresponsive: [{ label: strings.engine.startLinux, command: 'sudo systemctl restart docker' }],
}
