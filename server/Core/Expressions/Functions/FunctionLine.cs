namespace Pipewright.Core.Expressions;

/// <summary>A line of the embedded resource of functions, shared by its reader and its writer.</summary>
/// <param name="Section">A category of documented functions, or one of the constants here.</param>
/// <param name="Text">The signature; for a foreign function its name.</param>
/// <param name="Example">For a foreign function what to write instead.</param>
internal sealed record FunctionLine(string Section, string Text, string Description, string? Example)
{
    public const string ResourceName = "functions.txt";
    public const string Undocumented = "undocumented";
    public const string LogicApps = "logicApps";
    public const string DataFlow = "dataFlow";

    private const char Separator = '\t';

    public static FunctionLine Parse(string line)
    {
        var fields = line.Split(Separator);
        return new FunctionLine(fields[0], fields[1], fields[2], fields[3].Length == 0 ? null : fields[3]);
    }

    /// <exception cref="FormatException">A field has a tab or a line break in it.</exception>
    public string Write()
    {
        string[] fields = [Section, Text, Description, Example ?? ""];
        return fields.Any(f => f.AsSpan().ContainsAny(Separator, '\n')) ? throw new FormatException($"'{Text}' has a tab or a line break in it") : string.Join(Separator, fields);
    }
}
