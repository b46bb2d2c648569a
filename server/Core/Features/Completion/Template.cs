// What a completion puts into the text, before it is known how that text is written. One template serves block YAML, flow YAML and JSON.
using System.Collections.Immutable;

namespace Pipewright.Core.Features.Completion;

/// <summary>A value to write, with the places where the user goes on typing.</summary>
internal abstract record Template;

/// <summary>A fixed scalar.</summary>
/// <param name="IsString">Otherwise <paramref name="Text"/> is a number, a boolean or null as JSON writes it.</param>
internal sealed record TextTemplate(string Text, bool IsString = true) : Template;

/// <summary>A tab stop.</summary>
/// <param name="Default">What stands there until something is typed; may be empty.</param>
internal sealed record StopTemplate(string Default = "", bool IsString = true) : Template
{
    /// <summary>Stops of one name are filled in together; null for one that stands alone.</summary>
    public string? Name { get; init; }
}

/// <summary>A string that is an expression, from its <c>@</c> on.</summary>
internal sealed record ExpressionTemplate : Template;

/// <summary>A tab stop with a list to choose from, the first of which stands there.</summary>
internal sealed record ChoiceTemplate(ImmutableArray<string> Values, bool IsString = true) : Template
{
    /// <summary>As with <see cref="StopTemplate.Name"/>.</summary>
    public string? Name { get; init; }
}

/// <summary>A string of several parts: fixed ones, stops and choices.</summary>
internal sealed record PhraseTemplate(ImmutableArray<Template> Parts) : Template;

/// <summary>An object; an empty one is opened for typing.</summary>
internal sealed record MapTemplate(ImmutableArray<TemplateEntry> Entries) : Template
{
    public static MapTemplate Empty { get; } = new([]);

    /// <summary>Written on one line, in braces, where YAML leaves the choice.</summary>
    public bool IsInline { get; init; }
}

internal sealed record TemplateEntry(string Key, Template Value)
{
    /// <summary>What is written for the key, where that is to be filled in; null where it is the key itself.</summary>
    public Template? Name { get; init; }
}

/// <summary>A list; an empty one is opened for typing.</summary>
internal sealed record ListTemplate(ImmutableArray<Template> Items) : Template
{
    public static ListTemplate Empty { get; } = new([]);

    /// <summary>Written on one line, in brackets, where YAML leaves the choice.</summary>
    public bool IsInline { get; init; }
}
