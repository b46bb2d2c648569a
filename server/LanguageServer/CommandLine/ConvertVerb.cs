using System.CommandLine;
using System.Text;
using Pipewright.Core.Factory;
using Pipewright.Core.Text;
using Pipewright.LanguageServer.Converting;
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

        var target = new ConvertedTree(Path.TrimEndingDirectorySeparator(Path.GetFullPath(output)), toSpec);
        var isInPlace = FactoryRoots.Contains(target.Folder, resolved.Path);
        foreach (var factory in resolved.Load(Console.Error.WriteLine, cancellation))
        {
            var folder = FactoryRoots.Contains(resolved.Path, factory.Path) ? Path.GetRelativePath(resolved.Path, factory.Path) : ".";
            foreach (var document in resolved.FindDocuments(factory))
            {
                // What an earlier run has written below PATH is not converted once more.
                if (isInPlace || !FactoryRoots.Contains(target.Folder, Path.GetFullPath(Path.Combine(factory.Path, document.Path))))
                {
                    target.Write(folder, document);
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
        var files = ConversionPlan.Convert(document, toSpec);
        if (files is not [var file])
        {
            return Refuse(files.Count == 0 ? $"There is no resource in {document.Path}." : $"{document.Path} holds {files.Count} resources, and JSON has one a file: name a folder by --out.");
        }

        using var output = Console.OpenStandardOutput();
        output.Write(Utf8.GetBytes(file.Text));
        TellComments(document, file.LostComments);
        file.Losses.ToList().ForEach(Console.Error.WriteLine);
        return file.Losses.Count == 0 ? ExitCodes.Fine : ExitCodes.Findings;
    }

    private static void TellComments(ResourceDocument document, IReadOnlyList<int> lines)
    {
        if (ConversionPlan.DescribeLostComments(document, lines) is { } sentence)
        {
            Console.Error.WriteLine(sentence);
        }
    }

    private static int Refuse(string message)
    {
        Console.Error.WriteLine(message);
        return ExitCodes.WrongUsage;
    }

    /// <summary>The folder that is written to, and what has been written.</summary>
    private sealed class ConvertedTree(string folder, bool toSpec)
    {
        private readonly ConversionPlan _plan = new(folder, toSpec);

        public string Folder => _plan.Folder;

        public int Count { get; private set; }

        public bool HasLosses { get; private set; }

        public void Write(string folder, ResourceDocument document)
        {
            var (files, refusals) = _plan.Add(folder, document);
            refusals.ToList().ForEach(Report);
            foreach (var file in files)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(file.File)!);
                File.WriteAllText(file.File, file.Text);
                Count++;
                TellComments(document, file.LostComments);
                file.Losses.ToList().ForEach(Report);
            }
        }

        private void Report(string loss)
        {
            Console.Error.WriteLine(loss);
            HasLosses = true;
        }
    }
}
