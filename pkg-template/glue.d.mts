// The glue that scripts/wasm.mjs makes with the Wasm. The bundle gets it in this place.

export function useDriver(driver: (step: string) => Promise<unknown>): void;
export function useKernel(finder: () => unknown): void;
/** Makes an instance, also the first one. */
export function __wbg_reset_state(): void;
/** The memory of the instance, where there is one. */
export function memory(): WebAssembly.Memory | undefined;
