// How numbers are written around the world. The data of cultures is not part of the server, which must give the same on every machine.
using System.Collections.Frozen;
using System.Globalization;

namespace Pipewright.Core.Expressions.Evaluation;

/// <summary>The signs in numbers, by locales such as <c>de-DE</c> (Unicode CLDR).</summary>
internal static class NumberLocales
{
    private const string Space = "\u00a0";
    private const string NarrowSpace = "\u202f";

    public static NumberFormatInfo English { get; } = Make(".", ",", "$");

    private static readonly NumberFormatInfo CommaAndPoint = Make(",", ".");

    private static readonly FrozenDictionary<string, NumberFormatInfo> ByName = new (string[] Names, NumberFormatInfo Format)[]
    {
        (["", "en", "he", "ja", "ko", "th", "zh", "es-MX", "es-US"], English),
        (["ca", "da", "de", "el", "es", "hr", "id", "is", "it", "nl", "pt", "ro", "sl", "sr", "tr", "vi"], CommaAndPoint),
        (["bg", "cs", "et", "fi", "hu", "lt", "lv", "nb", "nn", "no", "pl", "pt-PT", "ru", "sk", "sv", "uk"], Make(",", Space)),
        (["fr"], Make(",", NarrowSpace)),
        (["de-CH", "it-CH", "de-LI"], Make(".", "\u2019")),
    }.SelectMany(g => g.Names.Select(n => KeyValuePair.Create(n, g.Format))).ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The signs of a locale, or of its language; null for one that is not known.</summary>
    public static NumberFormatInfo? Find(string locale) => ByName.GetValueOrDefault(locale) ?? ByName.GetValueOrDefault(locale.Split('-', '_')[0]);

    /// <param name="currency">The sign of money is that of a country, not of a language, so that most have none.</param>
    private static NumberFormatInfo Make(string point, string group, string currency = "¤") => new()
    {
        NumberDecimalSeparator = point,
        NumberGroupSeparator = group,
        CurrencyDecimalSeparator = point,
        CurrencyGroupSeparator = group,
        PercentDecimalSeparator = point,
        PercentGroupSeparator = group,
        CurrencySymbol = currency,
        CurrencyNegativePattern = 1,
        PercentPositivePattern = 1,
        PercentNegativePattern = 1,
    };
}
