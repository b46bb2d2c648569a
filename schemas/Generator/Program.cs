// The schema tool. `generate` writes schemas/generated from the package, `check` tells whether it is up to date, `embed` merges generated and
// curated files and the package's descriptions into the resource that the server is built with.
using Pipewright.Generator;

return args switch
{
    ["generate", var schemas] => SchemaFiles.Generate(schemas),
    ["check", var schemas] => Check(schemas),
    ["embed", var schemas, var output] => Embed(schemas, output),
    _ => Fail("Usage: generate SCHEMAS | check SCHEMAS | embed SCHEMAS OUTPUT", 2),
};

static int Check(string schemas)
{
    var differing = SchemaFiles.FindDifferences(schemas);
    return differing.IsEmpty ? 0 : Fail($"Not up to date: {string.Join(", ", differing)}. Run 'generate'.", 1);
}

static int Embed(string schemas, string output)
{
    try
    {
        SchemaFiles.Embed(schemas, output);
        return 0;
    }
    catch (FormatException e)
    {
        // The form that build tools show as an error of the file.
        return Fail($"{Path.Join(schemas, "curated")} : error PWSCHEMA: {e.Message}", 1);
    }
}

static int Fail(string message, int code)
{
    Console.Error.WriteLine(message);
    return code;
}
