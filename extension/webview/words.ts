// Texts of views, which come from the extension in the user's language.

/** Puts values in the places `{0}`, `{1}` of a text. */
export const fill = (text: string, ...values: string[]): string => text.replace(/\{(\d+)\}/g, (_, at: string) => values[Number(at)] ?? '');
