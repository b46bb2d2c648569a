using System.Collections.Immutable;
using System.CommandLine;
using System.Text;
using Pipewright.Core.Factory;
using Pipewright.Core.Features;
using Pipewright.Core.Features.Formatting;
using Pipewright.Core.Text;
using Pipewright.LanguageServer.Workspaces;

namespace Pipewright.LanguageServer.CommandLine;

/// <summary><c>pipewright format PATHS [--check]</c>, or <c>pipewright format - --stdin-path FILE</c>.</summary>
internal static class FormatVerb
{
    /// <summary>For what a file does not say itself.</summary>
    private static readonly LayoutStyle Style = new(2, InsertSpaces: true);

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public static Command Make()
    {
        var paths = PathArguments.MakePaths();
        var check = new Option<bool>("--check") { Description = "Write nothing; exit code 1 when a file is laid out otherwise." };
        var stdinPath = PathArguments.MakeStdinPath();
        var verb = new Command("format", "Lays resource files out as editors do: white space only. Names the files that it changes.") { paths, check, stdinPath };
        verb.SetAction((parsed, cancellation) => Task.Run(() =>
        {
            try
            {
                var found = FactoryPaths.Resolve(parsed.GetValue(paths)!, parsed.GetValue(stdinPath), PathArguments.ReadInput);
                return found.Input is { } text ? FormatInput(parsed.GetValue(stdinPath)!, text, parsed.GetValue(check), cancellation) : FormatFiles(found, parsed.GetValue(check), cancellation);
            }
            catch (UnusablePathException e)
            {
                return DeploymentArguments.Refuse(e.Message, ExitCodes.WrongUsage);
            }
        }, cancellation));
        return VerbHelp.Complete(
            verb,
            ["pipewright format .", "pipewright format . --check", "pipewright format - --stdin-path load.pipeline.yaml < load.pipeline.yaml"],
            (ExitCodes.Fine, "All files are laid out."),
            (ExitCodes.Findings, "--check has found a file that would be changed, or a file has syntax errors and is left as it is."));
    }

    private static int FormatFiles(FactoryPaths paths, bool isCheck, CancellationToken cancellation)
    {
        var (changed, unreadable) = (0, 0);
        foreach (var factory in paths.Load(Console.Error.WriteLine, cancellation))
        {
            foreach (var document in paths.FindDocuments(factory))
            {
                var file = Path.Combine(factory.Path, document.Path);
                if (HasSyntaxErrors(document))
                {
                    Console.Error.WriteLine($"{paths.Relative(file)}: has syntax errors and is left as it is.");
                    unreadable++;
                }
                else if (LanguageFeatures.GetLayout(document, Style, cancellation) is { IsEmpty: false } changes)
                {
                    Console.Out.WriteLine(paths.Relative(file));
                    changed++;
                    if (!isCheck)
                    {
                        Write(file, document.Text.WithChanges(changes).Content);
                    }
                }
            }
        }

        Terminal.Note($"{changed} {(changed == 1 ? "file" : "files")} {(isCheck ? "would be changed" : "changed")}");
        return unreadable > 0 || (isCheck && changed > 0) ? ExitCodes.Findings : ExitCodes.Fine;
    }

    /// <summary>Writes the text as it should be, or only tells whether it is where that is asked for.</summary>
    private static int FormatInput(string file, string text, bool isCheck, CancellationToken cancellation)
    {
        var document = ResourceDocument.Create(Path.GetFullPath(file).Replace('\\', '/'), new SourceText(text))!;
        ImmutableArray<TextChange> changes = HasSyntaxErrors(document) ? [] : LanguageFeatures.GetLayout(document, Style, cancellation);
        if (isCheck)
        {
            return HasSyntaxErrors(document) || !changes.IsEmpty ? ExitCodes.Findings : ExitCodes.Fine;
        }

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
}
