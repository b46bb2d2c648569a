// What names of things may look like: the model's patterns and lengths (REST API 2018-06-01), and Microsoft's naming rules for activities.
using System.Buffers;
using Pipewright.Core.Schema;

namespace Pipewright.Core.Factory;

/// <summary>The names that the service takes for a kind of thing.</summary>
internal abstract class NameGrammar(int shortest, int longest)
{
    /// <summary>A character that every name may have.</summary>
    private const char Nothing = 'a';

    private static readonly FreeNames OfMost = new(260);
    private static readonly DashedNames OfAzureResources = new();
    private static readonly WordNames OfWords = new();

    /// <summary>Activities have the characters of resources, and less room.</summary>
    public static NameGrammar OfActivities { get; } = new FreeNames(55);

    /// <summary>The fewest UTF-16 code units of a name.</summary>
    public int Shortest { get; } = shortest;

    /// <summary>The most UTF-16 code units of a name.</summary>
    public int Longest { get; } = longest;

    public static NameGrammar Of(ResourceKind kind) => kind switch
    {
        ResourceKind.Factory or ResourceKind.IntegrationRuntime => OfAzureResources,
        ResourceKind.Credential or ResourceKind.ManagedVirtualNetwork or ResourceKind.ManagedPrivateEndpoint => OfWords,
        _ => OfMost,
    };

    /// <summary>What is wrong with the characters of a name, as the end of a sentence that begins with it. Null where nothing is, whatever its length.</summary>
    public abstract string? FindMistake(string name);

    /// <summary>The name that is nearest to a refused one. Empty where nothing of it is left.</summary>
    public string Mend(string name)
    {
        var mended = MendCharacters(name.Trim());
        return mended.Length <= Longest ? mended : MendCharacters(mended[..Longest].TrimEnd());
    }

    protected abstract string MendCharacters(string name);

    protected static string Show(char c) => c < ' ' || c == '\u007f' ? "a control character" : c == ' ' ? "a space" : $"'{c}'";

    private static bool IsWordCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';

    /// <summary><c>^[A-Za-z0-9_][^&lt;&gt;*#.%&amp;:\\+?/]*$</c></summary>
    private sealed class FreeNames(int longest) : NameGrammar(1, longest)
    {
        private const string RefusedText = "<>*#.%&:\\+?/";
        private static readonly SearchValues<char> Refused = SearchValues.Create(RefusedText);

        public override string? FindMistake(string name)
        {
            if (name.AsSpan().IndexOfAny(Refused) is var at and >= 0)
            {
                return $"has {Show(name[at])} in it; the service refuses names with any of {string.Join(' ', RefusedText.ToCharArray())}";
            }

            return name.Length > 0 && !IsWordCharacter(name[0]) ? $"begins with {Show(name[0])}; a name begins with a letter of A to Z, a digit or '_'" : null;
        }

        protected override string MendCharacters(string name)
        {
            var mended = string.Create(name.Length, name, static (span, text) =>
            {
                text.CopyTo(span);
                span.ReplaceAny(Refused, '_');
            });
            return mended.Length > 0 && !IsWordCharacter(mended[0]) ? "_" + mended : mended;
        }
    }

    /// <summary><c>^[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*$</c></summary>
    private sealed class DashedNames() : NameGrammar(3, 63)
    {
        public override string? FindMistake(string name)
        {
            if (name.FirstOrDefault(c => !char.IsAsciiLetterOrDigit(c) && c != '-', Nothing) is var other and not Nothing)
            {
                return $"has {Show(other)} in it; only letters of A to Z, digits and single dashes between them are taken here";
            }

            return name.StartsWith('-') || name.EndsWith('-') || name.Contains("--", StringComparison.Ordinal)
                ? "has a dash at its start, at its end or beside another; only single dashes between letters and digits are taken here"
                : null;
        }

        protected override string MendCharacters(string name) => string.Join('-', new string([.. name.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')])
            .Split('-', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary><c>^([_A-Za-z0-9]|([_A-Za-z0-9][-_A-Za-z0-9]{0,125}[_A-Za-z0-9]))$</c></summary>
    private sealed class WordNames() : NameGrammar(1, 127)
    {
        public override string? FindMistake(string name)
        {
            if (name.FirstOrDefault(c => !IsWordCharacter(c) && c != '-', Nothing) is var other and not Nothing)
            {
                return $"has {Show(other)} in it; only letters of A to Z, digits, '_' and '-' are taken here";
            }

            return name.StartsWith('-') || name.EndsWith('-') ? "begins or ends with a dash; a name of this kind begins and ends with a letter of A to Z, a digit or '_'" : null;
        }

        protected override string MendCharacters(string name) => new string([.. name.Select(c => IsWordCharacter(c) || c == '-' ? c : '_')]).Trim('-');
    }
}
