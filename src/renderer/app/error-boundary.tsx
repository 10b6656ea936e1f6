import { Component, type ReactNode } from 'react'
import { strings } from '../strings/index.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'

type BoundaryProps = { children: ReactNode; resetKey: string }
type BoundaryState = { failed: boolean; resetKey: string }

/** Keeps a bug of one page from taking the shell along: terminals live outside of it and go on. */
export class ErrorBoundary extends Component<BoundaryProps, BoundaryState> {
  override state: BoundaryState = { failed: false, resetKey: this.props.resetKey }

  static getDerivedStateFromError(): Partial<BoundaryState> {
    return { failed: true }
  }

  /** Another page is another try. */
  static getDerivedStateFromProps(props: BoundaryProps, state: BoundaryState): BoundaryState | null {
    return props.resetKey === state.resetKey ? null : { failed: false, resetKey: props.resetKey }
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children
    return (
      <EmptyState title={strings.shell.screenFailed} body={strings.shell.screenFailedBody}>
        <Button variant="primary" onClick={() => this.setState({ failed: false })}>
          {strings.shell.showAgain}
        </Button>
      </EmptyState>
    )
  }
}
