// Writes templates as the text of an LSP snippet, in the notation of the place where they go in.
using System.Collections.Immutable;
using System.Text;
using Pipewright.Core.Syntax;

namespace Pipewright.Core.Features.Completion;

/// <summary>The text of one completion.</summary>
internal sealed class TemplateWriter
{
    private readonly Insertion _place;
    private readonly List<Piece> _pieces = [];

    private TemplateWriter(Insertion place)
    {
        _place = place;
        Literal(place.Lead);
    }

    /// <summary>Members of an object, or of a mapping that is there already.</summary>
    public static WrittenTemplate WriteEntries(Insertion place, params ImmutableArray<TemplateEntry> entries)
    {
        var writer = new TemplateWriter(place);
        writer.Entries(entries, place.Indent);
        return writer.Finish();
    }

    /// <summary>A key by itself, where a colon follows.</summary>
    public static WrittenTemplate WriteKey(Insertion place, string key, bool addsColon)
    {
        var writer = new TemplateWriter(place);
        writer.Literal(place.Quote is null ? writer.KeyText(key) : EscapeIn(place.Quote, key));
        writer.Literal(addsColon ? ":" : "");
        return writer.Finish();
    }

    /// <summary>A value after its key or as an item.</summary>
    public static WrittenTemplate WriteValue(Insertion place, Template value)
    {
        var writer = new TemplateWriter(place);
        writer.Value(value, place.Indent);
        return writer.Finish();
    }

    /// <summary>The value of one key, and further members below it in the same block mapping.</summary>
    public static WrittenTemplate WriteValueAndEntries(Insertion place, Template value, ImmutableArray<TemplateEntry> entries)
    {
        var writer = new TemplateWriter(place);
        writer.Value(value, place.Indent);
        if (!entries.IsEmpty)
        {
            writer.Literal(place.NewLine + place.Indent);
            writer.Entries(entries, place.Indent);
        }

        return writer.Finish();
    }

    /// <summary>Items of a list, of which the first stands where the place is.</summary>
    public static WrittenTemplate WriteItems(Insertion place, ImmutableArray<Template> items)
    {
        var writer = new TemplateWriter(place);
        for (var i = 0; i < items.Length; i++)
        {
            var (separator, block) = place.Notation switch
            {
                Notation.Block => (place.NewLine + place.Dash + "- ", true),
                Notation.Flow => (", ", false),
                _ => ("," + place.NewLine + place.Indent, false),
            };
            writer.Literal(i == 0 ? "" : separator);
            if (block)
            {
                // Those after the first stand as close to their dash as is usual, however far off the first is.
                writer.BlockContent(items[i], i == 0 ? place.Indent : place.Dash + "  ");
            }
            else
            {
                writer.Value(items[i], place.Indent);
            }
        }

        return writer.Finish();
    }

    private static string EscapeIn(char? quote, string text) =>
        quote == '\'' ? YamlScalars.EscapeSingleQuoted(text) : YamlScalars.EscapeDoubleQuoted(text);

    private string KeyText(string key) => _place.Notation == Notation.Json ? $"\"{EscapeIn('"', key)}\"" : YamlScalars.Write(key);

    private void Literal(string text) => _pieces.Add(new LiteralPiece(text));

    private void Entries(ImmutableArray<TemplateEntry> entries, string indent, bool isInline = false)
    {
        var separator = _place.Notation switch
        {
            _ when isInline => ", ",
            Notation.Block => _place.NewLine + indent,
            Notation.Flow => ", ",
            _ => "," + _place.NewLine + indent,
        };
        for (var i = 0; i < entries.Length; i++)
        {
            Literal(i == 0 ? "" : separator);
            if (entries[i].Name is { } name)
            {
                Value(name, indent);
            }
            else
            {
                Literal(KeyText(entries[i].Key));
            }

            Literal(":");
            ValueAfterKey(entries[i].Value, indent);
        }
    }

    private void ValueAfterKey(Template value, string indent)
    {
        Literal(_place.Notation == Notation.Block && value is (MapTemplate { IsInline: false } or ListTemplate { IsInline: false }) ? "" : " ");
        Value(value, indent);
    }

    private void BlockContent(Template value, string indent)
    {
        switch (value)
        {
            case MapTemplate { Entries.IsEmpty: true }:
                Stop("");
                break;
            case MapTemplate map:
                Entries(map.Entries, indent);
                break;
            case ListTemplate list:
                BlockItems(list, indent);
                break;
            default:
                Value(value, indent);
                break;
        }
    }

    private void BlockItems(ListTemplate list, string indent)
    {
        var items = list.Items.IsEmpty ? [new StopTemplate()] : list.Items;
        for (var i = 0; i < items.Length; i++)
        {
            Literal((i == 0 ? "" : _place.NewLine + indent) + "- ");
            BlockContent(items[i], indent + "  ");
        }
    }

    private void Value(Template value, string indent)
    {
        switch (value)
        {
            case TextTemplate text:
                Literal(text.IsString ? StringText(text.Text) : text.Text);
                break;
            case StopTemplate { IsString: true } stop when NeedsQuotes(stop.Default, _place.Notation == Notation.Json):
                Literal("\"");
                Stop(EscapeIn('"', stop.Default), stop.Name);
                Literal("\"");
                break;
            case ExpressionTemplate:
                Literal("\"@");
                Stop("");
                Literal("\"");
                break;
            case StopTemplate stop:
                Stop(stop.Default, stop.Name);
                break;
            case PhraseTemplate phrase:
                Phrase(phrase);
                break;
            case ChoiceTemplate choice:
                Choice(choice);
                break;
            case MapTemplate { IsInline: false } or ListTemplate { IsInline: false } when _place.Notation == Notation.Block:
                Literal(_place.NewLine + indent + _place.Step);
                BlockContent(value, indent + _place.Step);
                break;
            case MapTemplate map:
                Braces(map, indent);
                break;
            case ListTemplate list:
                Brackets(list, indent);
                break;
        }
    }

    private bool NeedsQuotes(string text, bool always) => _place.Quote is null && (always || (text.Length > 0 && !YamlScalars.IsPlain(text)));

    private string StringText(string text) => _place switch
    {
        { Quote: not null } => EscapeIn(_place.Quote, text),
        { Notation: Notation.Json } => $"\"{EscapeIn('"', text)}\"",
        _ => YamlScalars.Write(text),
    };

    private void Choice(ChoiceTemplate choice)
    {
        var isQuoted = choice.IsString && _place.Notation == Notation.Json && _place.Quote is null;
        Literal(isQuoted ? "\"" : "");
        _pieces.Add(new ChoicePiece([.. choice.Values.Select(v => !choice.IsString ? v : isQuoted ? EscapeIn('"', v) : StringText(v))], choice.Name));
        Literal(isQuoted ? "\"" : "");
    }

    private void Braces(MapTemplate map, string indent)
    {
        var (open, close) = _place.Notation != Notation.Json ? ("{ ", " }") : ("{" + _place.NewLine + indent + _place.Step, _place.NewLine + indent + "}");
        Literal(open);
        if (map.Entries.IsEmpty)
        {
            Stop("");
        }

        Entries(map.Entries, indent + _place.Step, isInline: _place.Notation != Notation.Json);
        Literal(close);
    }

    private void Brackets(ListTemplate list, string indent)
    {
        var isOnLines = _place.Notation == Notation.Json && list.Items.Any(i => i is MapTemplate);
        var separator = isOnLines ? _place.NewLine + indent + _place.Step : "";
        Literal("[" + separator);
        if (list.Items.IsEmpty)
        {
            Stop("");
        }

        for (var i = 0; i < list.Items.Length; i++)
        {
            Literal(i == 0 ? "" : isOnLines ? "," + separator : ", ");
            Value(list.Items[i], isOnLines ? indent + _place.Step : indent);
        }

        Literal((isOnLines ? _place.NewLine + indent : "") + "]");
    }

    private void Stop(string text, string? name = null) => _pieces.Add(new StopPiece(text, name));

    /// <summary>A string with stops in it, in quotes if it needs them as it stands at first.</summary>
    private void Phrase(PhraseTemplate phrase)
    {
        var whole = string.Concat(phrase.Parts.Select(p => p switch { TextTemplate text => text.Text, StopTemplate stop => stop.Default, ChoiceTemplate choice => choice.Values[0], _ => "" }));
        var quote = NeedsQuotes(whole, _place.Notation == Notation.Json) ? '"' : _place.Quote;
        var outer = quote is not null && _place.Quote is null ? "\"" : "";
        Literal(outer);
        foreach (var part in phrase.Parts)
        {
            switch (part)
            {
                case TextTemplate text:
                    Literal(Escaped(text.Text));
                    break;
                case StopTemplate stop:
                    Stop(Escaped(stop.Default), stop.Name);
                    break;
                case ChoiceTemplate choice:
                    _pieces.Add(new ChoicePiece([.. choice.Values.Select(Escaped)], choice.Name));
                    break;
            }
        }

        Literal(outer);

        string Escaped(string text) => quote is null ? text : EscapeIn(quote, text);
    }

    private WrittenTemplate Finish()
    {
        Literal(_place.Trail);
        if (_pieces.All(p => p is LiteralPiece))
        {
            return new WrittenTemplate(string.Concat(_pieces.Select(p => ((LiteralPiece)p).Text)), IsSnippet: false);
        }

        var last = _pieces.FindLastIndex(p => p is not LiteralPiece);
        var result = new StringBuilder();
        var numbers = new Dictionary<string, int>();
        var number = 1;
        for (var i = 0; i < _pieces.Count; i++)
        {
            result.Append(_pieces[i] switch
            {
                LiteralPiece literal => EscapeSnippet(literal.Text),
                StopPiece { Default: "", Name: null } when i == last => "$0",
                StopPiece { Default: "" } stop => $"${NumberOf(stop.Name, out _)}",
                StopPiece stop => $"${{{NumberOf(stop.Name, out _)}:{EscapeSnippet(stop.Default)}}}",
                ChoicePiece choice => NumberOf(choice.Name, out var isAgain) is var at && isAgain
                    ? $"${{{at}:{EscapeSnippet(choice.Values[0])}}}"
                    : $"${{{at}|{string.Join(',', choice.Values.Select(EscapeChoice))}|}}",
                _ => "",
            });
        }

        return new WrittenTemplate(result.ToString(), IsSnippet: true);

        int NumberOf(string? name, out bool isAgain)
        {
            isAgain = name is not null && numbers.TryGetValue(name, out var known);
            return isAgain ? numbers[name!] : name is null ? number++ : numbers[name] = number++;
        }
    }

    private static string EscapeSnippet(string text) => text
        .Replace("\\", "\\\\", StringComparison.Ordinal).Replace("$", "\\$", StringComparison.Ordinal).Replace("}", "\\}", StringComparison.Ordinal);

    private static string EscapeChoice(string text) => text
        .Replace("\\", "\\\\", StringComparison.Ordinal).Replace(",", "\\,", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal);

    private abstract record Piece;

    private sealed record LiteralPiece(string Text) : Piece;

    private sealed record StopPiece(string Default, string? Name) : Piece;

    private sealed record ChoicePiece(ImmutableArray<string> Values, string? Name) : Piece;
}

/// <summary>The text of a completion.</summary>
/// <param name="IsSnippet">Whether it is LSP snippet text, with <c>$</c>, <c>}</c> and <c>\</c> escaped; else it is literal.</param>
internal readonly record struct WrittenTemplate(string Text, bool IsSnippet);
