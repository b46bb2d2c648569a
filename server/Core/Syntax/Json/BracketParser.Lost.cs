using System.Collections.Immutable;
using Pipewright.Core.Text;

namespace Pipewright.Core.Syntax.Json;

/// <summary>Lists and objects that have lost their opening bracket.</summary>
internal sealed partial class BracketParser
{
    /// <summary>The entries of an object begin right after the colon of its key, or on the next line and further in than the key.</summary>
    private bool IsObjectWithoutBrace(int key, int afterColon) => !_isYaml && Current == '"' && LooksLikeEntry() && LacksOpener()
        && (_text.GetLine(afterColon) == _text.GetLine(_position) || (_trustsIndentation && BeginsLine() && IndentationAt(_position) > IndentationAt(key)));

    /// <summary>
    /// Whether what stands where a key should is a further item of a list that began after the colon of the last key: the next bracket that closes
    /// more than has been opened is that of a list.
    /// </summary>
    private bool IsLostList(ImmutableArray<MappingEntrySyntax>.Builder entries)
    {
        if (_isYaml || !_trustsIndentation || entries.Count == 0 || entries[^1].Value is null || LooksLikeEntry() || FindCloser(_position) is not { } closer || _content[closer] != ']')
        {
            return false;
        }

        return !_frames[..^1].Exists(f => !f.IsObject) || (BeginsLine(closer) && IndentationAt(closer) > _frames[^1].Indentation);
    }

    /// <summary>Whether the text closes more than it opens. Where it does not, a value is missing that is about to be typed.</summary>
    private bool LacksOpener() => _lacksOpener ??= FindCloser(0) is not null;

    private void ReadLostList(ImmutableArray<MappingEntrySyntax>.Builder entries)
    {
        var start = _position;
        var entry = entries[^1];
        var first = entry.Value!;
        Report(
            SyntaxDiagnostics.MissingOpening, new TextSpan(first.Span.Start, 1), "This list lacks its '['.",
            new CodeFix("Add '['", [new TextChange(new TextSpan(first.Span.Start, 0), "[")]));
        var items = ImmutableArray.CreateBuilder<SyntaxNode>();
        items.Add(first);
        _frames.Add(new Frame(false, IndentationAt(entry.Key.Span.Start)));
        while (ParseArrayPart(first.Span.Start, items))
        {
        }

        _frames.RemoveAt(_frames.Count - 1);
        if (_position <= start)
        {
            SkipUnexpected("This is not understood here.");
        }

        var list = new SequenceSyntax(TextSpan.FromBounds(first.Span.Start, Math.Max(_position, items[^1].Span.End)), true, items.ToImmutable());
        entries[^1] = new MappingEntrySyntax(TextSpan.FromBounds(entry.Span.Start, list.Span.End), entry.Key, entry.Separator, list);
    }

    /// <summary>The next bracket that closes more than is opened from an offset on; null where none does.</summary>
    private int? FindCloser(int from)
    {
        var depth = 0;
        for (var i = from; i < _end && _lookAhead > 0; i++, _lookAhead--)
        {
            switch (_content[i])
            {
                case '"':
                    i = FindClosingQuote(i) - 1;
                    break;
                case '{' or '[':
                    depth++;
                    break;
                case '}' or ']' when --depth < 0:
                    return i;
            }
        }

        return null;
    }

    /// <summary>Takes the equals sign that stands where a colon belongs, if one does.</summary>
    private TextSpan? TakeEqualsSign(ScalarSyntax key)
    {
        if (_isYaml || Current != '=')
        {
            return null;
        }

        var sign = new TextSpan(_position, _position + 1 < _end && _content[_position + 1] is '=' or '>' ? 2 : 1);
        Report(SyntaxDiagnostics.MissingColon, sign, $"A colon belongs between \"{key.Value}\" and its value.", new CodeFix("Change to ':'", [new TextChange(sign, ":")]));
        _position = sign.End;
        return sign;
    }

    /// <summary>Nothing follows a comma but the end of what it is in.</summary>
    private void CheckTrailingComma(int before, int count)
    {
        if (!_isYaml && count > 0 && _content[before - 1] == ',')
        {
            var comma = new TextSpan(before - 1, 1);
            Report(
                SyntaxDiagnostics.TrailingComma, comma, "JSON has no comma before a closing bracket, and Studio cannot read the file. Remove it.",
                new CodeFix("Remove the comma", [new TextChange(comma, "")]));
        }
    }
}
