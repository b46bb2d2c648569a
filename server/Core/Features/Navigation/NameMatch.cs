// How well a name fits what someone types who has it in mind: `ingo` for IngestOrders.
namespace Pipewright.Core.Features.Navigation;

/// <summary>What is searched for. An instance is for one thread.</summary>
internal sealed class NameMatch
{
    /// <summary>More of a query is not looked at.</summary>
    private const int LongestQuery = 64;

    private const int AtStart = 24;
    private const int AtWordStart = 12;
    private const int InSequence = 8;
    private const int SameCase = 1;
    private const int WholeName = 100;
    private const int No = int.MinValue / 2;

    private readonly string _query;
    private readonly ulong _letters;
    private int[] _before = [];
    private int[] _current = [];

    public NameMatch(string query)
    {
        var typed = string.Concat(query.Where(c => !char.IsWhiteSpace(c)));
        _query = typed.Length > LongestQuery ? typed[..LongestQuery] : typed;
        _letters = LettersOf(_query);
    }

    /// <summary>A bit for each letter and digit of a name, so that most names are told apart from a query at once.</summary>
    public static ulong LettersOf(string name)
    {
        var letters = 0UL;
        foreach (var c in name)
        {
            letters |= c switch
            {
                >= 'a' and <= 'z' => 1UL << (c - 'a'),
                >= 'A' and <= 'Z' => 1UL << (c - 'A'),
                >= '0' and <= '9' => 1UL << (26 + c - '0'),
                _ => 0,
            };
        }

        return letters;
    }

    /// <summary>
    /// How well a name fits; higher is better. The characters of the query must be there in their order, in any case. The start of the name and of
    /// its words count more, characters side by side too.
    /// </summary>
    /// <param name="letters">Those of the name, by <see cref="LettersOf"/>.</param>
    /// <returns>Null where it does not fit. 0 for all names where nothing is searched for.</returns>
    public int? Score(string name, ulong letters)
    {
        if (_query.Length == 0)
        {
            return 0;
        }

        if ((_letters & ~letters) != 0 || _query.Length > name.Length || !HasInOrder(name))
        {
            return null;
        }

        var best = FindBest(name);
        return best + (_query.Length == name.Length ? WholeName : 0) - Math.Min(name.Length - _query.Length, AtWordStart);
    }

    /// <summary>The best of all ways to find the query's characters in the name.</summary>
    private int FindBest(string name)
    {
        if (_before.Length < name.Length)
        {
            (_before, _current) = (new int[name.Length], new int[name.Length]);
        }

        var best = No;
        for (var i = 0; i < _query.Length; i++)
        {
            (_before, _current) = (_current, _before);
            var bestBefore = i == 0 ? 0 : No;
            best = No;
            for (var at = 0; at < name.Length; at++)
            {
                var beside = i > 0 && at > 0 ? _before[at - 1] + InSequence : No;
                _current[at] = IsSame(_query[i], name[at]) ? Math.Max(bestBefore, beside) + ValueOf(name, at) + (_query[i] == name[at] ? SameCase : 0) : No;
                bestBefore = i > 0 ? Math.Max(bestBefore, _before[at]) : 0;
                best = Math.Max(best, _current[at]);
            }
        }

        return best;
    }

    private bool HasInOrder(string name)
    {
        var found = 0;
        for (var at = 0; at < name.Length && found < _query.Length; at++)
        {
            found += IsSame(_query[found], name[at]) ? 1 : 0;
        }

        return found == _query.Length;
    }

    private static int ValueOf(string name, int at) => at == 0 ? AtStart : IsWordStart(name, at) ? AtWordStart : 1;

    private static bool IsWordStart(string name, int at) => char.IsLetterOrDigit(name[at])
        && (!char.IsLetterOrDigit(name[at - 1])
            || (char.IsUpper(name[at]) && (!char.IsUpper(name[at - 1]) || (at + 1 < name.Length && char.IsLower(name[at + 1]))))
            || char.IsDigit(name[at]) != char.IsDigit(name[at - 1]));

    private static bool IsSame(char one, char other) => one == other || char.ToUpperInvariant(one) == char.ToUpperInvariant(other);
}
