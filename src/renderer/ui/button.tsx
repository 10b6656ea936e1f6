import clsx from 'clsx'
import { Slot } from 'radix-ui'
import type { ComponentProps } from 'react'

const VARIANTS = {
  primary: 'bg-primary text-primary-fg border-transparent hover:brightness-110',
  secondary: 'bg-surface text-fg border-control hover:bg-hover',
  ghost: 'bg-transparent text-fg border-transparent hover:bg-hover',
  danger: 'bg-danger text-danger-fg border-transparent hover:brightness-110',
} as const

const SIZES = {
  medium: 'h-8 px-3',
  large: 'h-10 px-4 text-section',
  icon: 'size-8 justify-center',
  small: 'h-6 px-2 text-meta',
  tiny: 'size-6 justify-center',
} as const

type ButtonProps = ComponentProps<'button'> & {
  variant?: keyof typeof VARIANTS
  size?: keyof typeof SIZES
  /** Drawn as off and announced so, but still focusable: its reason can be read. */
  unavailable?: boolean
  asChild?: boolean
}

export function Button(props: ButtonProps) {
  const { variant = 'secondary', size = 'medium', unavailable = false, asChild, className, onClick, ...rest } = props
  const Element = asChild === true ? Slot.Root : 'button'
  return (
    <Element
      type="button"
      aria-disabled={unavailable || undefined}
      onClick={unavailable ? (event) => event.preventDefault() : onClick}
      className={clsx(
        'inline-flex shrink-0 items-center gap-2 rounded-control border font-normal whitespace-nowrap select-none',
        'transition-[background-color,filter] duration-80 touch-target',
        SIZES[size],
        unavailable ? 'border-line bg-transparent text-disabled' : VARIANTS[variant],
        className,
      )}
      {...rest}
    />
  )
}
