declare const granted: unique symbol;

/**
 * A thing somebody has been allowed to do something with. Writes take only this type, so an
 * unchecked write does not compile; only `grant`, called by the `for…` functions, makes one.
 */
export type Authorized<T, Purpose extends string> = T & { readonly [granted]: Purpose };

export const grant = <T, Purpose extends string>(thing: T, _purpose: Purpose) =>
	thing as Authorized<T, Purpose>;
