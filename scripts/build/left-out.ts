/** Stands in for packages that a library loads for what is never asked of it. */
export {}
