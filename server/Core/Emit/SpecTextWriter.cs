// Writes the spec form as YAML text with YamlDotNet's emitter, which knows what must be quoted.
using System.Globalization;
using System.Text.RegularExpressions;
using Pipewright.Core.Binding;
using Pipewright.Core.Syntax;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlScalarStyle = YamlDotNet.Core.ScalarStyle;

namespace Pipewright.Core.Emit;

/// <summary>YAML text of a lifted resource.</summary>
internal sealed partial class SpecTextWriter
{
    private const int LongestFlowSequence = 80;

    private readonly Emitter _emitter;
    private readonly Queue<(int Offset, string Text)> _comments;

    private SpecTextWriter(TextWriter output, IEnumerable<(int Offset, string Text)> comments)
    {
        _emitter = new Emitter(output, new EmitterSettings(2, int.MaxValue, false, int.MaxValue).WithIndentedSequences().WithNewLine("\n"));
        _comments = new Queue<(int, string)>(comments);
    }

    /// <param name="source">The text that it was lifted from; its comments come along.</param>
    public static string Write(SpecValue value, SyntaxTree source)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        var writer = new SpecTextWriter(output, FindComments(source));
        writer._emitter.Emit(new StreamStart());
        writer._emitter.Emit(new DocumentStart(null, null, isImplicit: true));
        writer.WriteValue(value, inFlow: false);
        writer._emitter.Emit(new DocumentEnd(isImplicit: true));
        writer._emitter.Emit(new StreamEnd());
        var text = output.ToString();
        var rest = string.Concat(writer._comments.Select(c => $"# {c.Text}\n"));
        return (text.EndsWith('\n') ? text : text + "\n") + rest;
    }

    private static IEnumerable<(int Offset, string Text)> FindComments(SyntaxTree source) =>
        from token in source.Tokens
        where token.Kind == SyntaxTokenKind.Comment
        from line in WithWholeCharacters(source.Text.ToString(token.Span)).Trim('/', '*', '#').ReplaceLineEndings("\n").Split('\n')
        let text = line.Trim().TrimStart('*').Trim()
        where text.Length > 0
        select (token.Span.Start, text);

    private void WriteCommentsBefore(int offset)
    {
        while (_comments.TryPeek(out var comment) && comment.Offset < offset)
        {
            _emitter.Emit(new Comment(_comments.Dequeue().Text, isInline: false));
        }
    }

    private void WriteValue(SpecValue value, bool inFlow)
    {
        var tag = value.IsLiteral ? new TagName(SpecForm.LiteralTag) : TagName.Empty;
        switch (value)
        {
            case SpecScalar scalar:
                WriteScalar(scalar, tag);
                break;
            case SpecList list:
                var isFlow = inFlow || IsShort(list);
                _emitter.Emit(new SequenceStart(AnchorName.Empty, tag, tag.IsEmpty, isFlow ? SequenceStyle.Flow : SequenceStyle.Block));
                foreach (var item in list.Items)
                {
                    if (!isFlow)
                    {
                        WriteCommentsBefore(item.Offset);
                    }

                    WriteValue(item, isFlow);
                }

                _emitter.Emit(new SequenceEnd());
                break;
            case SpecMap map:
                WriteMap(map, tag, inFlow);
                break;
        }
    }

    private void WriteMap(SpecMap map, TagName tag, bool inFlow)
    {
        var isFlow = inFlow || map.Entries.IsEmpty;
        _emitter.Emit(new MappingStart(AnchorName.Empty, tag, tag.IsEmpty, isFlow ? MappingStyle.Flow : MappingStyle.Block));
        foreach (var entry in map.Entries)
        {
            if (!isFlow)
            {
                WriteCommentsBefore(entry.Offset);
            }

            // A key of over 1,024 characters would need the `? ` form; quoting leaves that choice to the emitter.
            WriteScalar(new SpecScalar(entry.Key, ScalarKind.String, false, entry.Offset), TagName.Empty, isKey: true);
            WriteValue(entry.Value, isFlow);
        }

        _emitter.Emit(new MappingEnd());
    }

    private static bool IsShort(SpecList list) => list.Items.All(i => i is SpecScalar { IsLiteral: false } scalar && !scalar.Text.Contains('\n', StringComparison.Ordinal))
        && list.Items.Sum(i => ((SpecScalar)i).Text.Length + 2) <= LongestFlowSequence;

    private void WriteScalar(SpecScalar scalar, TagName tag, bool isKey = false)
    {
        var style = scalar.Kind == ScalarKind.String ? ChooseStyle(scalar.Text, isKey) : YamlScalarStyle.Plain;
        _emitter.Emit(new Scalar(AnchorName.Empty, tag, WithWholeCharacters(scalar.Text), style, tag.IsEmpty, tag.IsEmpty));
    }

    /// <summary>Half of a character cannot be in a file of UTF-8; what every program puts in its place stands for it.</summary>
    private static string WithWholeCharacters(string text) => text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0 ? text : string.Concat(text.EnumerateRunes());

    private static YamlScalarStyle ChooseStyle(string text, bool isKey)
    {
        if (!isKey && LiteralBlock().IsMatch(text))
        {
            return YamlScalarStyle.Literal;
        }

        return YamlScalars.IsPlain(text) ? YamlScalarStyle.Plain
            : text.All(c => c is >= ' ' and not '"' and not '\\' && !char.IsSurrogate(c) && c < '\u007f') ? YamlScalarStyle.DoubleQuoted
            : text.All(c => c is >= ' ' and < '\u007f') ? YamlScalarStyle.SingleQuoted
            : YamlScalarStyle.DoubleQuoted;
    }

    /// <summary>Several lines that a block scalar keeps to the letter: no control characters, no lines of white space or with white space at the end.</summary>
    [GeneratedRegex(@"\A[!-~][ -~\t]*(\n([ -~]*[!-~])?)+\n?\z(?<=[!-~]\n?)(?<!^.*[ \t]\n.*)", RegexOptions.CultureInvariant)]
    private static partial Regex LiteralBlock();
}
