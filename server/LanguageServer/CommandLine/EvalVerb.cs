using System.CommandLine;
using System.Text;
using System.Text.Json;
using Pipewright.Core.Expressions;
using Pipewright.Core.Expressions.Evaluation;

namespace Pipewright.LanguageServer.CommandLine;

/// <summary><c>pipewright eval</c>: JSON lines in, JSON lines out, one for one and in order.</summary>
internal static class EvalVerb
{
    /// <summary>The code of a line that does not ask for an evaluation.</summary>
    private const string InvalidRequest = "InvalidRequest";

    /// <summary>The code of a line that shows a mistake in this program.</summary>
    private const string InternalError = "InternalError";

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public static Command Make()
    {
        var verb = new Command("eval", "Evaluates expressions: reads lines of JSON from standard input and answers each with a line.");
        verb.SetAction(async (_, cancellation) =>
        {
            await using var input = Console.OpenStandardInput();
            await using var output = Console.OpenStandardOutput();
            return await RunAsync(input, output, TimeProvider.System, cancellation);
        });
        return VerbHelp.Complete(
            verb,
            ["""echo '{"expression": "@concat(item(), 1)", "context": {"item": "a"}}' | pipewright eval"""],
            (ExitCodes.Fine, "Every line is answered, whatever the answers are."));
    }

    /// <summary>Answers every line; what is wrong with one is its answer.</summary>
    /// <returns>The exit code, 0.</returns>
    internal static async Task<int> RunAsync(Stream input, Stream output, TimeProvider clock, CancellationToken cancellation)
    {
        using var reader = new StreamReader(input, Utf8, detectEncodingFromByteOrderMarks: true, leaveOpen: true);
        await using var writer = new StreamWriter(output, Utf8, leaveOpen: true) { NewLine = "\n" };
        while (await reader.ReadLineAsync(cancellation) is { } line)
        {
            // Who asks one question at a time waits for its answer.
            await writer.WriteLineAsync(Answer(line, clock).AsMemory(), cancellation);
            await writer.FlushAsync(cancellation);
        }

        return 0;
    }

    /// <summary>The answer to one line.</summary>
    internal static string Answer(string line, TimeProvider clock)
    {
        try
        {
            using var request = JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = ValueJson.MaximumDepth + 8 });
            if (request.RootElement.ValueKind != JsonValueKind.Object || !request.RootElement.TryGetProperty("expression", out var expression))
            {
                return WriteError(InvalidRequest, "The line must be an object with 'expression' and, if you like, 'context'.", 0, 0);
            }

            var context = request.RootElement.TryGetProperty("context", out var given) ? EvalContext.Read(given, clock) : EvalContext.Read(default, clock);
            return Evaluate(expression, context);
        }
        catch (JsonException e)
        {
            return WriteError(InvalidRequest, $"The line is not JSON: {e.Message}", 0, 0);
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException)
        {
            return WriteError(InvalidRequest, e.Message, 0, 0);
        }
        catch (Exception e) when (e is ValueTooLargeException or InsufficientExecutionStackException)
        {
            return WriteError(nameof(EvaluationErrorCode.ResultTooLarge), "The value is too large, or nested too deeply, to be written.", 0, 0);
        }
        catch (Exception e)
        {
            // Whatever it is, the lines that follow still want their answers.
            return WriteError(InternalError, $"{e.GetType().Name}: {e.Message}", 0, 0);
        }
    }

    /// <param name="expression">A string as a property has it; any other value stands for itself.</param>
    private static string Evaluate(JsonElement expression, EvaluationContext context)
    {
        var value = expression.ValueKind == JsonValueKind.Object && expression.TryGetProperty("type", out var type) && type.ValueEquals("Expression") && expression.TryGetProperty("value", out var inner)
            ? inner
            : expression;
        if (value.ValueKind != JsonValueKind.String)
        {
            return WriteValue(ValueJson.Read(value));
        }

        var result = Evaluator.Evaluate(Template.Parse(value.GetString()!), context);
        return result.Error is { } error ? WriteError(error.Code.ToString(), error.Message, error.Span.Start, error.Span.Length) : WriteValue(result.Value!);
    }

    private static string WriteValue(ExpressionValue value) => $$"""{"value":{{ValueJson.Write(value)}}}""";

    private static string WriteError(string code, string message, int start, int length) => ValueJson.Write(Object(("error", Object(
        ("code", new StringValue(code)),
        ("message", new StringValue(message)),
        ("span", new ArrayValue([new IntegerValue(start), new IntegerValue(length)]))))));

    private static ObjectValue Object(params (string Name, ExpressionValue Value)[] members) => new(members.Select(m => KeyValuePair.Create(m.Name, m.Value)));
}
