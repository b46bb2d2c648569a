// Values as YAML in one line.
using System.Collections.Immutable;
using System.Text;
using Pipewright.Core.Expressions;
using Pipewright.Core.Syntax;

namespace Pipewright.Core.PipelineTests;

internal static class FlowYaml
{
    /// <summary>The text of a value, in braces and brackets. It reads as the same value.</summary>
    /// <exception cref="InsufficientExecutionStackException">The value is nested too deeply.</exception>
    public static string Write(ExpressionValue value)
    {
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        return value switch
        {
            ObjectValue { Names.IsEmpty: true } => "{}",
            ObjectValue members => $"{{ {string.Join(", ", members.Members.Select(m => $"{YamlScalars.Write(m.Key)}: {Write(m.Value)}"))} }}",
            ArrayValue { Items: var items } => $"[{string.Join(", ", items.Select(Write))}]",
            StringValue text => YamlScalars.Write(text.Value),
            _ => ValueJson.Write(value),
        };
    }

    /// <summary>The same for an expected value: a text that would be an expression is escaped.</summary>
    public static ExpressionValue Escape(ExpressionValue value) => value switch
    {
        ObjectValue members => new ObjectValue(members.Members.Select(m => KeyValuePair.Create(m.Key, Escape(m.Value)))),
        ArrayValue { Items: var items } => new ArrayValue([.. items.Select(Escape)]),
        StringValue { Value: ['@', ..] text } => new StringValue("@" + text),
        StringValue { Value: var text } when text.Contains("@{", StringComparison.Ordinal) => new StringValue(text.Replace("@{", "@@{", StringComparison.Ordinal)),
        _ => value,
    };
}

/// <summary>Writes lines of block YAML.</summary>
internal sealed class BlockYaml
{
    /// <summary>What is longer than this gets lines of its own.</summary>
    private const int LongestLine = 120;

    private readonly StringBuilder _text = new();

    public override string ToString() => _text.ToString();

    /// <summary>A key that others stand below.</summary>
    public BlockYaml Key(int depth, string key)
    {
        _text.Append(' ', depth * 2).Append(YamlScalars.Write(key)).Append(":\n");
        return this;
    }

    public BlockYaml Comment(int depth, string text)
    {
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            _text.Append(' ', depth * 2).Append("# ").Append(line).Append('\n');
        }

        return this;
    }

    /// <summary>A key with a value, in one line if it fits.</summary>
    public BlockYaml Entry(int depth, string key, ExpressionValue value)
    {
        var flow = FlowYaml.Write(value);
        if ((depth * 2) + key.Length + flow.Length <= LongestLine || value is not (ObjectValue { Names.IsEmpty: false } or ArrayValue { Items.IsEmpty: false }))
        {
            _text.Append(' ', depth * 2).Append(YamlScalars.Write(key)).Append(": ").Append(flow).Append('\n');
            return this;
        }

        Key(depth, key);
        if (value is ObjectValue members)
        {
            foreach (var (name, member) in members.Members)
            {
                Entry(depth + 1, name, member);
            }
        }
        else
        {
            foreach (var item in ((ArrayValue)value).Items)
            {
                _text.Append(' ', (depth + 1) * 2).Append("- ").Append(FlowYaml.Write(item)).Append('\n');
            }
        }

        return this;
    }

    public BlockYaml Entry(int depth, string key, string text) => Entry(depth, key, new StringValue(text));

    /// <summary>A list of names in one line; nothing for none.</summary>
    public BlockYaml Names(int depth, string key, ImmutableArray<string> names)
    {
        if (!names.IsEmpty)
        {
            _text.Append(' ', depth * 2).Append(key).Append(": [").AppendJoin(", ", names.Select(YamlScalars.Write)).Append("]\n");
        }

        return this;
    }
}
