using System.Collections.Immutable;
using System.Globalization;

namespace Pipewright.Deployment.Templates;

/// <summary>Where a property is: the resource, and the way through its body. An element of a list takes the place of the list's name.</summary>
/// <param name="Resource">As names of parameters begin: the resource's own name; <c>dataFactory</c> for the factory.</param>
internal sealed record ParameterPlace(string Resource, ImmutableArray<string> Path)
{
    public string Property => Path.IsEmpty ? "" : Path[^1];

    public ParameterPlace Into(string name) => this with { Path = Path.Add(name) };

    /// <summary>The place of an element of the list that is here.</summary>
    public ParameterPlace Element(string name) => this with { Path = [.. Path[..^1], name] };

    /// <summary>The place of what holds this one.</summary>
    public ParameterPlace Parent => this with { Path = Path[..^1] };

    /// <summary><c>Lake_properties_typeProperties_url</c>.</summary>
    public string LongName => string.Join('_', Path.Prepend(Resource));

    /// <summary><c>Lake_url</c>.</summary>
    public string ShortName => $"{Resource}_{Property}";
}

/// <summary>Gives each parameter of a template a name of its own. ARM compares names without regard to case.</summary>
internal sealed class ParameterNames(params IEnumerable<string> taken)
{
    /// <summary>The longest name that ARM takes for a parameter.</summary>
    private const int Longest = 255;

    private readonly HashSet<string> _taken = new(taken, StringComparer.OrdinalIgnoreCase);

    /// <summary>Takes the first name that is free, else the last one with a number.</summary>
    public string Take(params ReadOnlySpan<string> wanted)
    {
        foreach (var name in wanted)
        {
            if (_taken.Add(Shorten(name, "")))
            {
                return Shorten(name, "");
            }
        }

        for (var number = 2; ; number++)
        {
            var name = Shorten(wanted[^1], "_" + number.ToString(CultureInfo.InvariantCulture));
            if (_taken.Add(name))
            {
                return name;
            }
        }
    }

    /// <summary>A name that is too long keeps its end, which tells the property.</summary>
    private static string Shorten(string name, string end) => name.Length + end.Length <= Longest ? name + end : string.Concat(name.AsSpan(0, 100), "_", name.AsSpan(name.Length - (Longest - 101 - end.Length)), end);
}
