using Pipewright.Core.Text;

namespace Pipewright.Core.Syntax.Json;

internal static class JsonParser
{
    public static SyntaxTree Parse(SourceText text) => new(text, SyntaxLanguage.Json, [new(new(0, text.Length), null)], [], _ => []);
}
