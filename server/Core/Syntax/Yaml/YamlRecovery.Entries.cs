using System.Collections.Immutable;
using Pipewright.Core.Syntax.Json;
using Pipewright.Core.Text;

namespace Pipewright.Core.Syntax.Yaml;

/// <summary>Entries of a mapping and their values.</summary>
internal sealed partial class YamlRecovery
{
    /// <summary>The parts of a line that may be an entry.</summary>
    /// <param name="Colon">The offset of the colon; -1 where there is none.</param>
    /// <param name="Rest">The offset of what follows it on the line; -1 for nothing or only a comment.</param>
    private readonly record struct KeyParts(TextSpan Key, int Colon, int Rest);

    private sealed class MappingParts
    {
        public ImmutableArray<MappingEntrySyntax>.Builder Entries { get; } = ImmutableArray.CreateBuilder<MappingEntrySyntax>();

        public ImmutableArray<SyntaxNode>.Builder Misplaced { get; } = ImmutableArray.CreateBuilder<SyntaxNode>();

        public void Take(SyntaxNode? node)
        {
            if (node is MappingSyntax mapping)
            {
                Entries.AddRange(mapping.Entries);
                Misplaced.AddRange(mapping.Misplaced);
            }
            else if (node is not null)
            {
                Misplaced.Add(node);
            }
        }
    }

    private KeyParts FindKey(Line line)
    {
        var end = line.Span.End;
        var i = line.Content;
        if (_masked[i] is '"' or '\'')
        {
            var close = Array.IndexOf(_masked, _masked[i], i + 1, end - i - 1);
            i = close < 0 ? end : close + 1;
        }

        for (; i < end; i++)
        {
            if (_masked[i] == ':' && (i + 1 >= end || _masked[i + 1] is ' ' or '\t'))
            {
                var keyEnd = i;
                while (keyEnd > line.Content && _masked[keyEnd - 1] is ' ' or '\t')
                {
                    keyEnd--;
                }

                return new KeyParts(TextSpan.FromBounds(line.Content, keyEnd), i, FindRest(i + 1, end));
            }

            if (_masked[i] == '#' && i > line.Content && _masked[i - 1] is ' ' or '\t')
            {
                break;
            }
        }

        return new KeyParts(default, -1, -1);
    }

    private int FindRest(int start, int end)
    {
        for (var i = start; i < end; i++)
        {
            if (_masked[i] is not (' ' or '\t'))
            {
                return _masked[i] == '#' ? -1 : i;
            }
        }

        return -1;
    }

    private MappingSyntax RecoverMapping(List<Line> lines)
    {
        var parts = new MappingParts();
        foreach (var part in SplitParts(lines))
        {
            RecoverEntry(part, parts);
        }

        var all = parts.Entries.Concat<SyntaxNode>(parts.Misplaced).ToList();
        var span = all.Count == 0 ? lines[0].Span : TextSpan.FromBounds(all.Min(n => n.Span.Start), all.Max(n => n.Span.End));
        return new MappingSyntax(span, false, parts.Entries.ToImmutable(), parts.Misplaced.ToImmutable());
    }

    private void RecoverEntry(List<Line> part, MappingParts parts)
    {
        if (HasTab(part[0]))
        {
            ReportTab(part[0]);
        }

        if (TryStrict(part) is MappingSyntax sound)
        {
            parts.Take(sound);
        }
        else if (IsItem(part[0]))
        {
            _diagnostics.Add(SyntaxDiagnostics.MissingKey.At(FirstCharacter(part[0]), "This list item belongs to no list. Write the list's key before it, or indent it under its key."));
            parts.Misplaced.Add(RecoverSequence(part));
        }
        else if (FindKey(part[0]) is { Colon: >= 0 } key)
        {
            RecoverKeyed(part, key, parts);
        }
        else
        {
            RecoverUnkeyed(part, parts);
        }
    }

    private void ReportTab(Line line)
    {
        var tabs = TextSpan.FromBounds(line.Span.Start, line.Content);
        var spaces = _text.ToString(tabs).Replace("\t", "  ", StringComparison.Ordinal);
        _diagnostics.Add(SyntaxDiagnostics.Tab.At(
            tabs, "YAML does not take tabs as indentation. Use spaces.", new CodeFix("Replace the tab by spaces", [new TextChange(tabs, spaces)])));
    }

    private void RecoverKeyed(List<Line> part, KeyParts key, MappingParts parts)
    {
        var children = part.Skip(1).ToList();
        var separator = new TextSpan(key.Colon, 1);
        var keyNode = MakeKey(key.Key);
        SyntaxNode? value;
        if (key.Rest < 0)
        {
            value = RecoverBlock(children);
            children = [];
        }
        else if (_masked[key.Rest] is '[' or '{')
        {
            value = RecoverFlow(key.Rest, part[^1].Span.End);
            children = [];
        }
        else if (_masked[key.Rest] is '|' or '>')
        {
            value = RecoverBlockScalar(key.Rest, part[^1].Span.End);
            children = [];
        }
        else
        {
            value = RecoverValue(key.Rest, part[0].Span.End, children);
        }

        parts.Entries.Add(new MappingEntrySyntax(TextSpan.FromBounds(key.Key.Start, Math.Max(separator.End, value?.Span.End ?? 0)), keyNode, separator, value));
        TakeStray(children, parts);
    }

    /// <summary>Lines under an entry that already has its value: they are siblings that slipped, or have lost their key.</summary>
    private void TakeStray(List<Line> lines, MappingParts parts)
    {
        if (lines.Count == 0)
        {
            return;
        }

        if (IsItem(lines[0]))
        {
            _diagnostics.Add(SyntaxDiagnostics.MissingKey.At(
                FirstCharacter(lines[0]), "This list belongs to no key: the key above it already has a value. Write the list's key before it."));
        }
        else
        {
            ReportIndentation(lines[0], "This is indented under a key that already has a value. Line it up with that key.");
        }

        parts.Take(RecoverBlock(lines));
    }

    private ScalarSyntax MakeKey(TextSpan span)
    {
        if (span.Length >= 2 && _masked[span.Start] is '"' or '\'' && _masked[span.End - 1] == _masked[span.Start])
        {
            var style = _masked[span.Start] == '"' ? ScalarStyle.DoubleQuoted : ScalarStyle.SingleQuoted;
            return new ScalarSyntax(span, _text.ToString(new TextSpan(span.Start + 1, span.Length - 2)), style, ScalarKind.String);
        }

        return new ScalarSyntax(span, _text.ToString(span), ScalarStyle.Plain, ScalarKind.String);
    }

    /// <summary>A line without a colon among entries.</summary>
    private void RecoverUnkeyed(List<Line> part, MappingParts parts)
    {
        var line = part[0];
        var end = EndOfContent(line.Content, line.Span.End);
        var word = FirstWord(line);
        var children = part.Skip(1).ToList();
        var isKey = word.Length > 0 && word.End <= end && _masked[word.Start..word.End].All(c => char.IsLetterOrDigit(c) || c is '_' or '-' or '.' or '$' or '"' or '\'' or ':');
        if (!isKey || _masked[line.Content] is '[' or ']' or '{' or '}' or '@' or '*' or '&' or '!')
        {
            _diagnostics.Add(SyntaxDiagnostics.NotYaml.At(TextSpan.FromBounds(line.Content, end), "An entry is written 'key: value'; this is not one."));
            parts.Misplaced.Add(new ScalarSyntax(TextSpan.FromBounds(line.Content, end), _text.Content[line.Content..end], ScalarStyle.Plain, ScalarKind.String));
            TakeStray(children, parts);
            return;
        }

        // `key:value` lacks only the space.
        var colon = Array.IndexOf(_masked, ':', word.Start, word.Length);
        var key = colon > word.Start ? TextSpan.FromBounds(word.Start, colon) : word;
        var rest = FindRest(colon > word.Start ? colon + 1 : word.End, end);
        var keyNode = MakeKey(key);
        _diagnostics.Add(SyntaxDiagnostics.MissingColon.At(
            key, colon > word.Start ? $"A space is missing after '{keyNode.Value}:'." : $"A colon is missing after '{keyNode.Value}'.",
            new CodeFix(colon > word.Start ? "Add the space" : "Add the colon", [new TextChange(new TextSpan(colon > word.Start ? colon + 1 : key.End, 0), colon > word.Start ? " " : ":")])));
        SyntaxNode? value = null;
        if (rest >= 0)
        {
            value = RecoverValue(rest, line.Span.End, children);
            TakeStray(children, parts);
        }
        else if (children.Count > 0)
        {
            value = RecoverBlock(children);
        }

        parts.Entries.Add(new MappingEntrySyntax(
            TextSpan.FromBounds(key.Start, Math.Max(key.End, value?.Span.End ?? 0)), keyNode, colon > word.Start ? new TextSpan(colon, 1) : null, value));
    }

    private SyntaxNode? RecoverFlow(int start, int end)
    {
        var parser = new BracketParser(_text, start, end, isYaml: true, trustsIndentation: true);
        var node = parser.ParseDocument();
        _diagnostics.AddRange(parser.Diagnostics);
        return node;
    }

    private ScalarSyntax RecoverBlockScalar(int start, int end)
    {
        var span = TextSpan.FromBounds(start, Math.Max(start + 1, EndOfText(start, end)));
        var lineEnd = _text.GetLineSpan(_text.GetLine(start)).End;
        _diagnostics.Add(SyntaxDiagnostics.NotYaml.At(
            TextSpan.FromBounds(start, lineEnd), "After '|' or '>' the text begins on the next line, indented deeper than its key."));
        return new ScalarSyntax(span, _text.ToString(span), ScalarStyle.Plain, ScalarKind.String);
    }

    /// <summary>A value on its key's line.</summary>
    /// <param name="below">The lines under it.</param>
    private SyntaxNode? RecoverValue(int start, int lineEnd, List<Line> below)
    {
        var end = EndOfContent(start, lineEnd);
        var span = TextSpan.FromBounds(start, end);
        var count = _diagnostics.Count;
        if (_masked[start] is '[' or '{' or '"' or '\'')
        {
            return RecoverFlow(start, _masked[start] is '[' or '{' && below.Count > 0 ? below[^1].Span.End : lineEnd);
        }

        if (YamlTreeBuilder.TryBuild(_text, new string(_masked, start, span.Length), start, _diagnostics) is [{ Root: ScalarSyntax or AliasSyntax or null } only])
        {
            return only.Root;
        }

        _diagnostics.RemoveRange(count, _diagnostics.Count - count);
        var text = _text.ToString(span);
        if (text.StartsWith('@'))
        {
            _diagnostics.Add(SyntaxDiagnostics.UnquotedExpression.At(
                span, "An expression needs quotes in YAML: '@' can't begin a plain value.", ExpressionQuotes.MakeFix(span, text)));
        }
        else
        {
            var reason = text.Contains(": ", StringComparison.Ordinal) || text.EndsWith(':') ? "it has a colon in it" : $"it begins with '{text[0]}'";
            _diagnostics.Add(SyntaxDiagnostics.NotYaml.At(
                span, $"This text needs quotes, for {reason}.", new CodeFix("Quote the text", ExpressionQuotes.MakeFix(span, text).Changes)));
        }

        return new ScalarSyntax(span, text, ScalarStyle.Plain, ScalarKind.String);
    }

    /// <summary>The end of what a line holds, without a comment and white space.</summary>
    private int EndOfContent(int start, int lineEnd)
    {
        var end = lineEnd;
        for (var i = start + 1; i < lineEnd; i++)
        {
            if (_masked[i] == '#' && _masked[i - 1] is ' ' or '\t')
            {
                end = i;
                break;
            }
        }

        return EndOfText(start, end);
    }

    private int EndOfText(int start, int end)
    {
        while (end > start + 1 && char.IsWhiteSpace(_masked[end - 1]))
        {
            end--;
        }

        return end;
    }
}
