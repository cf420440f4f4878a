/** JSON that may stand in a script element: nothing in it can end the element. */
export const asScript = (data: object): string => JSON.stringify(data).replaceAll('<', '\\u003c');
