using System.CommandLine;
using System.Text;
using Pipewright.Core.Emit;
using Pipewright.Core.Factory;
using Pipewright.Core.Text;
using Pipewright.LanguageServer.Workspaces;

namespace Pipewright.LanguageServer.CommandLine;

/// <summary><c>pipewright convert PATH --to spec|git [--out DIR]</c>, or <c>pipewright convert --stdin FILE --to spec|git</c>.</summary>
internal static class ConvertVerb
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public static Command Make()
    {
        var path = new Argument<string?>("path") { Description = "A factory's folder, or one file.", Arity = ArgumentArity.ZeroOrOne };
        var to = new Option<string>("--to") { Description = "'spec' for YAML, 'git' for the JSON that ADF Studio keeps.", Required = true };
        to.AcceptOnlyFromAmong("spec", "git");
        var output = new Option<string?>("--out") { Description = "The folder that the converted files are written to. Without it one file goes to standard output." };
        var stdin = new Option<string?>("--stdin") { Description = "Convert the text on standard input as that of a file of this name, to standard output." };
        var verb = new Command(
            "convert", "Converts between the Git form and the spec form. Comments that JSON has no place for are told on standard error.") { path, to, output, stdin };
        verb.SetAction((parsed, cancellation) => Task.Run(() => (parsed.GetValue(path), parsed.GetValue(stdin), parsed.GetValue(output)) switch
        {
            (null, { } file, null) => ConvertInput(file, parsed.GetValue(to) == "spec"),
            ({ } from, null, { } folder) => ConvertFiles(from, parsed.GetValue(to) == "spec", folder, cancellation),
            ({ } from, null, null) => ConvertFile(from, parsed.GetValue(to) == "spec", cancellation),
            _ => Refuse("Name a path, or --stdin with the name of a file, whose text comes back on standard output."),
        }, cancellation));
        return VerbHelp.Complete(
            verb,
            ["pipewright convert . --to spec --out ../spec", "pipewright convert pipeline/load.json --to spec", "pipewright convert --stdin load.pipeline.yaml --to git < load.pipeline.yaml"],
            (ExitCodes.Fine, "All is kept."),
            (ExitCodes.Findings, "Something could not be kept; standard error says what."));
    }

    private static int ConvertFiles(string path, bool toSpec, string output, CancellationToken cancellation)
    {
        if (FactoryPath.Resolve(path) is not { } resolved)
        {
            return Refuse($"'{path}' is no file or folder.");
        }

        var target = new ConvertedTree(Path.TrimEndingDirectorySeparator(Path.GetFullPath(output)));
        var isInPlace = FactoryRoots.Contains(target.Folder, resolved.Path);
        foreach (var factory in resolved.Load(Console.Error.WriteLine, cancellation))
        {
            var folder = FactoryRoots.Contains(resolved.Path, factory.Path) ? Path.GetRelativePath(resolved.Path, factory.Path) : ".";
            foreach (var document in resolved.FindDocuments(factory))
            {
                // What an earlier run has written below PATH is not converted once more.
                if (isInPlace || !FactoryRoots.Contains(target.Folder, Path.GetFullPath(Path.Combine(factory.Path, document.Path))))
                {
                    target.Write(folder, document, Convert(document, toSpec));
                }
            }
        }

        Terminal.Note($"{target.Count} files written to {target.Folder}");
        return target.HasLosses ? ExitCodes.Findings : ExitCodes.Fine;
    }

    private static int ConvertFile(string path, bool toSpec, CancellationToken cancellation)
    {
        if (FactoryPath.Resolve(path) is not { } resolved)
        {
            return Refuse($"'{path}' is no file or folder.");
        }

        if (Directory.Exists(resolved.Path))
        {
            return Refuse("A folder is converted into another one: name it by --out.");
        }

        var documents = resolved.Load(Console.Error.WriteLine, cancellation).SelectMany(resolved.FindDocuments).ToList();
        return documents is [var document] ? WriteOne(document, toSpec) : Refuse($"'{path}' is no resource file.");
    }

    private static int ConvertInput(string file, bool toSpec)
    {
        using var input = Console.OpenStandardInput();
        using var reader = new StreamReader(input, Utf8);
        return ResourceDocument.Create(file.Replace('\\', '/'), new SourceText(reader.ReadToEnd())) is { } document
            ? WriteOne(document, toSpec)
            : Refuse($"'{file}' is the name of no resource file: one ends with .pipeline.yaml and the like, or is JSON in a folder such as pipeline/.");
    }

    private static int WriteOne(ResourceDocument document, bool toSpec)
    {
        var files = Convert(document, toSpec);
        if (files is not [var file])
        {
            return Refuse(files.Count == 0 ? $"There is no resource in {document.Path}." : $"{document.Path} holds {files.Count} resources, and JSON has one a file: name a folder by --out.");
        }

        using var output = Console.OpenStandardOutput();
        output.Write(Utf8.GetBytes(file.Text));
        ReportComments(document, file);
        file.Losses.ToList().ForEach(Console.Error.WriteLine);
        return file.Losses.Count == 0 ? ExitCodes.Fine : ExitCodes.Findings;
    }

    private static IReadOnlyList<ConvertedFile> Convert(ResourceDocument document, bool toSpec) => toSpec ? Conversion.ToSpec(document) : Conversion.ToGit(document);

    private static void ReportComments(ResourceDocument document, ConvertedFile file)
    {
        if (file.LostComments is { Count: > 0 } lines)
        {
            Console.Error.WriteLine($"{document.Path}: JSON has no place for {(lines.Count == 1 ? "the comment in line" : "the comments in lines")} {string.Join(", ", lines)}.");
        }
    }

    private static int Refuse(string message)
    {
        Console.Error.WriteLine(message);
        return ExitCodes.WrongUsage;
    }

    /// <summary>The folder that is written to, and what has been written.</summary>
    private sealed class ConvertedTree(string folder)
    {
        private readonly HashSet<string> _written = new(StringComparer.OrdinalIgnoreCase);

        public string Folder { get; } = folder;

        public int Count => _written.Count;

        public bool HasLosses { get; private set; }

        public void Write(string folder, ResourceDocument document, IReadOnlyList<ConvertedFile> files)
        {
            foreach (var file in files)
            {
                var destination = Path.GetFullPath(Path.Combine(Folder, folder, file.Path));
                if (!FactoryRoots.Contains(Folder, destination))
                {
                    // The path may hold a resource's name, and a name may hold anything.
                    Report($"{document.Path}: '{file.Path}' lies outside of {Folder} and is left out.");
                }
                else if (TextFile.LeadsAway(Folder, destination))
                {
                    Report($"{document.Path}: '{file.Path}' is a link, or lies in a folder that is one; it is left out.");
                }
                else if (!_written.Add(destination))
                {
                    Report($"{document.Path}: '{file.Path}' has been written already; two files declare one resource, and this one is left out.");
                }
                else
                {
                    Directory.CreateDirectory(Path.GetDirectoryName(destination)!);
                    File.WriteAllText(destination, file.Text);
                    ReportComments(document, file);
                    file.Losses.ToList().ForEach(Report);
                }
            }
        }

        private void Report(string loss)
        {
            Console.Error.WriteLine(loss);
            HasLosses = true;
        }
    }
}
