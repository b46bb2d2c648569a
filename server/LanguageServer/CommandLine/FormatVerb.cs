using System.Collections.Immutable;
using System.CommandLine;
using System.Text;
using Pipewright.Core.Factory;
using Pipewright.Core.Features;
using Pipewright.Core.Features.Formatting;
using Pipewright.Core.Text;
using Pipewright.LanguageServer.Workspaces;

namespace Pipewright.LanguageServer.CommandLine;

/// <summary><c>pipewright format PATH [--check]</c>, or <c>pipewright format --stdin FILE</c>.</summary>
internal static class FormatVerb
{
    /// <summary>For what a file does not say itself.</summary>
    private static readonly LayoutStyle Style = new(2, InsertSpaces: true);

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public static Command Make()
    {
        var path = new Argument<string?>("path") { Description = "A factory's folder, a folder with several, or one file.", Arity = ArgumentArity.ZeroOrOne };
        var check = new Option<bool>("--check") { Description = "Write nothing; exit code 1 when a file is laid out otherwise." };
        var stdin = new Option<string>("--stdin") { Description = "Lay out the text on standard input as that of a file of this name, to standard output." };
        var verb = new Command(
            "format", "Lays resource files out as editors do: white space only. Names the files that it changes. Exit code 0, 1 when --check finds one or a file has syntax errors, 2 for wrong usage.") { path, check, stdin };
        verb.SetAction((parsed, cancellation) => Task.Run(() => (parsed.GetValue(path), parsed.GetValue(stdin)) switch
        {
            (null, { } file) => FormatInput(file, cancellation),
            ({ } folder, null) => FormatFiles(folder, parsed.GetValue(check), cancellation),
            _ => Refuse("Name a path, or --stdin with the name of a file."),
        }, cancellation));
        return VerbHelp.WithExamples(verb, "pipewright format .", "pipewright format . --check", "pipewright format --stdin load.pipeline.yaml < load.pipeline.yaml");
    }

    private static int FormatFiles(string path, bool isCheck, CancellationToken cancellation)
    {
        if (FactoryPath.Resolve(path) is not { } resolved)
        {
            return Refuse($"'{path}' is no file or folder.");
        }

        var (changed, unreadable) = (0, 0);
        foreach (var factory in resolved.Load(Console.Error.WriteLine, cancellation))
        {
            foreach (var document in resolved.FindDocuments(factory))
            {
                var file = Path.Combine(factory.Path, document.Path);
                if (HasSyntaxErrors(document))
                {
                    Console.Error.WriteLine($"{resolved.Relative(file)}: has syntax errors and is left as it is.");
                    unreadable++;
                }
                else if (LanguageFeatures.GetLayout(document, Style, cancellation) is { IsEmpty: false } changes)
                {
                    Console.Out.WriteLine(resolved.Relative(file));
                    changed++;
                    if (!isCheck)
                    {
                        Write(file, document.Text.WithChanges(changes).Content);
                    }
                }
            }
        }

        Console.Error.WriteLine($"{changed} {(changed == 1 ? "file" : "files")} {(isCheck ? "would be changed" : "changed")}");
        return unreadable > 0 || (isCheck && changed > 0) ? ExitCodes.Findings : ExitCodes.Fine;
    }

    private static int FormatInput(string file, CancellationToken cancellation)
    {
        using var input = Console.OpenStandardInput();
        using var reader = new StreamReader(input, Utf8);
        var text = reader.ReadToEnd();
        if (ResourceDocument.Create(file.Replace('\\', '/'), new SourceText(text)) is not { } document)
        {
            return Refuse($"'{file}' is the name of no resource file: one ends with .pipeline.yaml and the like, or is JSON in a folder such as pipeline/.");
        }

        ImmutableArray<TextChange> changes = HasSyntaxErrors(document) ? [] : LanguageFeatures.GetLayout(document, Style, cancellation);
        using var output = Console.OpenStandardOutput();
        output.Write(Utf8.GetBytes(document.Text.WithChanges(changes).Content));
        return HasSyntaxErrors(document) ? ExitCodes.Findings : ExitCodes.Fine;
    }

    private static bool HasSyntaxErrors(ResourceDocument document) => document.Syntax.Diagnostics.Any(d => d.Severity == DiagnosticSeverity.Error);

    /// <summary>All or nothing, and with the mark at its beginning where the file has one.</summary>
    private static void Write(string file, string text)
    {
        var hasMark = File.ReadAllBytes(file) is [0xEF, 0xBB, 0xBF, ..];
        TextFile.Replace(file, text, overwrite: true, new UTF8Encoding(hasMark));
    }

    private static int Refuse(string message)
    {
        Console.Error.WriteLine(message);
        return ExitCodes.WrongUsage;
    }
}
