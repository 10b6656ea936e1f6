import type { ComponentProps, ReactNode } from 'react'
import { Button } from './button.tsx'
import { Tooltip } from './tooltip.tsx'

type IconButtonProps = Omit<ComponentProps<typeof Button>, 'children' | 'aria-label'> & {
  /** Its accessible name and its tooltip. */
  label: string
  /** A chord to show beside the label in the tooltip. */
  chord?: string | undefined
  icon: ReactNode
}

export function IconButton({ label, chord, icon, size = 'icon', variant = 'ghost', ...rest }: IconButtonProps) {
  return (
    <Tooltip label={label} chord={chord}>
      <Button size={size} variant={variant} aria-label={label} {...rest}>
        {icon}
      </Button>
    </Tooltip>
  )
}
