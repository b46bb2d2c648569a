// Holds a bound resource against its schema. One walk, for both forms alike.
using System.Collections.Immutable;
using System.Globalization;
using Pipewright.Core.Schema;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Binding;

/// <summary>Finds unknown properties, wrong types, missing properties and values that are not allowed.</summary>
public sealed class SchemaValidator
{
    private readonly ImmutableArray<Diagnostic>.Builder _diagnostics = ImmutableArray.CreateBuilder<Diagnostic>();

    /// <summary>Of more values than this none is proposed, unless one is close to what is written.</summary>
    private const int MostProposals = 5;

    private readonly StructureEdits _edits;

    private SchemaValidator(StructureEdits edits) => _edits = edits;

    /// <param name="edits">Of the resource's text, for fixes.</param>
    /// <param name="isAlone">Whether the file holds no other resource, and so its name may stand for the resource's.</param>
    public static ImmutableArray<Diagnostic> Validate(BoundResource resource, StructureEdits edits, bool isSpec, bool isAlone)
    {
        var validator = new SchemaValidator(edits);
        validator.ValidateResource(resource, isSpec, isAlone);
        return validator._diagnostics.ToImmutable();
    }

    private void Report(DiagnosticDescriptor descriptor, TextSpan span, string message, ImmutableArray<CodeFix> fixes = default) =>
        _diagnostics.Add(descriptor.At(span, message, fixes.IsDefault ? [] : fixes));

    private void ValidateResource(BoundResource resource, bool isSpec, bool isAlone)
    {
        if (resource.Root is not { } root)
        {
            var found = resource.Content is { } content ? $"here is {Describe(content)}" : "the file is empty";
            Report(SchemaDiagnostics.NotAResource, FirstCharacter(resource.Content?.Span ?? default), $"A {Words(resource.Kind)} is an object; {found}.");
            return;
        }

        if (!isSpec && resource.Kind is not (ResourceKind.Factory or ResourceKind.ManagedVirtualNetwork) && root.Find("properties") is null)
        {
            if (root.Properties.FirstOrDefault(p => p.Schema is null && p.Name.Length <= "properties".Length + 2 && Spelling.FindClosest(p.Name, ["properties"]) is not null) is { } misspelt)
            {
                ReportUnknownProperty(misspelt, root, root.Shape!);
                return;
            }

            Report(
                SchemaDiagnostics.NotAResource, FirstCharacter(root.Span),
                $"This is not a {Words(resource.Kind)} in ADF's Git form: it needs 'name' and 'properties' at the top.");
            return;
        }

        if (!isAlone && root.Find("name") is not { IsImplied: false })
        {
            Report(SchemaDiagnostics.NamelessDocument, FirstCharacter(root.Span), "In a file with several resources each needs its 'name'.");
        }

        ValidateValue(root, root.Type, ExpressionSlot.Unknown);
    }

    private void ValidateValue(BoundNode node, SchemaType? type, ExpressionSlot slot)
    {
        switch (node)
        {
            case BoundScalar scalar:
                ValidateScalar(scalar, type, slot);
                break;
            case BoundArray array:
                if (type is ObjectType or DiscriminatedType or ScalarType { Kind: not ValueKind.Any } && slot != ExpressionSlot.Unknown)
                {
                    ReportWrongType(node, type);
                }

                ValidateLength(array, type as ArrayType);
                foreach (var item in array.Items)
                {
                    ValidateValue(item, (type as ArrayType)?.Item, ExpressionSlot.OfMapValue(null, null));
                }

                break;
            case BoundObject value when DynamicContent.IsExpressionObject(value) || DynamicContent.IsSecretObject(value):
                ValidateDuplicates(value);
                break;
            case BoundObject value when FindMisspeltWrapper(value) is { } word:
                ReportMisspeltWrapper((BoundScalar)value.FindValue("type")!, word);
                break;
            case BoundObject value:
                // A secret's slot is that of a string, and its value's type that of the object around the secret.
                ValidateObject(value, value.Type ?? type);
                break;
        }
    }

    /// <summary>The word that was meant by the type of an object that stands for a plain value; null for any other object.</summary>
    private static string? FindMisspeltWrapper(BoundObject value) => value.Shape is null && value.FindValue("type") is BoundScalar { IsImplied: false } type
        ? Spelling.FindClosest(type.Text, value.Find("value") is not null ? ["Expression", "SecureString"] : value.Find("secretName") is not null ? ["AzureKeyVaultSecret"] : [])
        : null;

    private void ReportMisspeltWrapper(BoundScalar type, string word) => Report(
        SchemaDiagnostics.UnknownValue, type.Span, $"'{type.Text}' is not a known type of a value that is worked out or secret. Did you mean '{word}'?",
        ChangeTo(type.Syntax as ScalarSyntax, word));

    private void ValidateScalar(BoundScalar scalar, SchemaType? type, ExpressionSlot slot)
    {
        if (scalar.Kind is ScalarKind.Integer or ScalarKind.Float && ScalarText.ToJson(scalar.Text, scalar.Kind) is null)
        {
            Report(SchemaDiagnostics.NotInJson, scalar.Span, $"JSON has no number '{scalar.Text}'. Put it in quotes if it is meant as text.");
            return;
        }

        // Null means that the property is not set. An expression's value is known only when it runs.
        if (scalar.Kind == ScalarKind.Null || (scalar.Kind == ScalarKind.String && SpecForm.IsExpression(scalar.Text)))
        {
            return;
        }

        if (!ValueFit.Fits(scalar, type))
        {
            ReportWrongType(scalar, type!);
        }
        else if (type is ScalarType scalarType)
        {
            ValidateAllowed(scalar, scalarType);
            ValidateRange(scalar, scalarType);
        }
    }

    private void ReportWrongType(BoundNode node, SchemaType type)
    {
        var property = node.Parent as BoundProperty;
        var subject = property is null ? "This" : $"'{property.Name}'";

        // Of text where only an expression can give the value, the check of expressions speaks.
        if (property?.Schema is { IsComputed: true } && node is BoundScalar { Kind: ScalarKind.String })
        {
            return;
        }

        // The service takes any JSON where its model has no type of its own, which is where only the documentation names one.
        var slot = property?.Schema ?? (property?.Parent?.Parent as BoundProperty)?.Schema;
        var isLoose = slot is { Expression: not null } && !(node is BoundScalar && type is ScalarType);
        Report(
            isLoose ? SchemaDiagnostics.UnlikelyType : SchemaDiagnostics.WrongType, FirstLineOf(node),
            $"{subject} {(isLoose ? "should" : "must")} be {Describe(type)}, not {Describe(node)}.{FindLostColon(node, type)}");
    }

    /// <summary>A text that begins with the name of a property that the object has is an entry without its colon.</summary>
    private static string FindLostColon(BoundNode node, SchemaType type)
    {
        if (node is not BoundScalar { Syntax: ScalarSyntax { Style: ScalarStyle.Plain }, Text: var text } || text.IndexOfAny([' ', ':']) is not (> 0 and var end))
        {
            return "";
        }

        var shape = type switch { ObjectType plain => plain, DiscriminatedType choice => choice.Base, _ => null };
        return shape?.FindProperty(text[..end]) is not { } property ? ""
            : text[end] == ':' ? $" A space is missing after '{property.Name}:'." : $" A colon is missing after '{property.Name}'.";
    }

    /// <summary>A whole block would be underlined for one wrong bracket; the key says as much.</summary>
    private static TextSpan FirstLineOf(BoundNode node) => node is BoundScalar
        ? node.Span
        : node.Parent is BoundProperty { IsImplied: false } property ? property.NameSpan : FirstCharacter(node.Span);

    private void ValidateAllowed(BoundScalar scalar, ScalarType type)
    {
        // What the service writes it does not read: files of Synapse name other types there.
        // Of the kinds of references a rule speaks.
        if (scalar.Parent is BoundProperty { Schema.IsReadOnly: true } or BoundProperty { Name: "type", Parent: BoundObject { Shape.Reference.TypeName: not null } } || type.AllowedValues.IsEmpty || type.AllowedValues.Contains(scalar.Text, StringComparer.OrdinalIgnoreCase))
        {
            return;
        }

        var closest = Spelling.FindClosest(scalar.Text, type.AllowedValues);
        var advice = closest is not null ? $"Did you mean '{closest}'?"
            : type.AllowedValues.Length <= 12 ? $"Use one of {string.Join(", ", type.AllowedValues)}." : "See the documentation for the list.";
        var subject = scalar.Parent is BoundProperty property ? $" for '{property.Name}'" : "";
        Report(
            type.IsExtensible ? SchemaDiagnostics.UnknownValue : SchemaDiagnostics.ValueNotAllowed, scalar.Span,
            $"'{scalar.Text}' is not a known value{subject}. {advice}",
            closest is not null || type.AllowedValues.Length > MostProposals ? ChangeTo(scalar.Syntax as ScalarSyntax, closest) : ChangeToOneOf(scalar.Syntax as ScalarSyntax, type.AllowedValues));
    }

    private void ValidateRange(BoundScalar scalar, ScalarType type)
    {
        if (type.Kind is not (ValueKind.Integer or ValueKind.Number)
            || !decimal.TryParse(scalar.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            return;
        }

        if (number < type.Minimum || number > type.Maximum)
        {
            var range = (type.Minimum, type.Maximum) switch
            {
                ({ } least, { } greatest) => $"from {least} to {greatest}",
                ({ } least, _) => $"{least} or more",
                _ => $"{type.Maximum} or less",
            };
            var subject = scalar.Parent is BoundProperty property ? $"'{property.Name}'" : "The value";
            var nearest = number < type.Minimum ? type.Minimum : type.Maximum;
            Report(
                SchemaDiagnostics.OutOfRange, scalar.Span, $"{subject} must be {range}; {scalar.Text} is not.",
                ChangeTo(scalar.Syntax as ScalarSyntax, nearest?.ToString(CultureInfo.InvariantCulture)));
        }
    }

    private void ValidateLength(BoundArray array, ArrayType? type)
    {
        var isTooShort = array.Items.Length < type?.MinimumLength;
        if ((isTooShort || array.Items.Length > type?.MaximumLength) && !IsInactive(array))
        {
            var subject = array.Parent is BoundProperty property ? $"'{property.Name}'" : "This list";
            var (limit, bound) = isTooShort ? ("at least", type!.MinimumLength) : ("at most", type!.MaximumLength);
            var found = array.Items.IsEmpty ? "is empty" : $"has {array.Items.Length}";
            Report(SchemaDiagnostics.WrongLength, FirstLineOf(array), $"{subject} must have {limit} {bound} {(bound == 1 ? "item" : "items")}; this one {found}.");
        }
    }

    private void ValidateObject(BoundObject value, SchemaType? type)
    {
        if (type is ArrayType or ScalarType { Kind: not ValueKind.Any })
        {
            ReportWrongType(value, type);
            return;
        }

        if (value.HasUnknownVariant)
        {
            ReportUnknownVariant(value, (DiscriminatedType)type!);
        }

        ValidateDuplicates(value);
        ValidateRequired(value);
        foreach (var property in value.Properties)
        {
            ValidateProperty(property, value);
        }
    }

    private void ReportUnknownVariant(BoundObject value, DiscriminatedType type)
    {
        var scalar = (BoundScalar)value.FindValue(type.DiscriminatorName)!;
        if (SpecForm.IsExpression(scalar.Text))
        {
            return;
        }

        var closest = Spelling.FindClosest(scalar.Text, type.Variants.Keys);
        Report(
            SchemaDiagnostics.UnknownType, scalar.Span,
            $"'{scalar.Text}' is not a known {TypeNames.Describe(type)}." + (closest is null ? " Its properties can't be checked." : $" Did you mean '{closest}'?"),
            ChangeTo(scalar.Syntax as ScalarSyntax, closest));
    }

    private void ValidateDuplicates(BoundObject value)
    {
        var first = new Dictionary<string, BoundProperty>(StringComparer.Ordinal);
        foreach (var property in value.Properties.Where(p => !p.IsImplied && !first.TryAdd(p.Name, p)))
        {
            Report(
                SchemaDiagnostics.DuplicateProperty, property.NameSpan, $"'{property.Name}' is written twice here; only the last one counts. Remove one.",
                first[property.Name].Entry is { } earlier
                    ? [CodeFix.Deferred("Remove the earlier one", () => new FixEdit(_edits.RemoveEntry(earlier)), isPreferred: false)]
                    : []);
        }
    }

    private void ValidateRequired(BoundObject value)
    {
        // The service leaves an inactive activity out of validation: facts on activity states in Microsoft's documentation.
        if (value.Shape is not { } shape || IsInactive(value))
        {
            return;
        }

        foreach (var schema in shape.Properties.Where(p => p is { IsReadOnly: false }))
        {
            var given = value.Find(schema.Name);
            if (given is null && schema == shape.Wrapper)
            {
                ReportMissingInside(value, schema.Type);
            }
            else if (given is null && schema.IsRequired && !IsEncrypted(value, schema))
            {
                ReportMissing(value, schema, shape);
            }
            else if (given is { IsImplied: false, Value: BoundScalar { Kind: ScalarKind.Null } } && schema.IsRequired)
            {
                Report(SchemaDiagnostics.MissingProperty, given.NameSpan, $"{TypeNames.Describe(shape)} needs a value for '{schema.Name}'; null stands for none.");
            }
        }
    }

    /// <summary>Where a wrapper is not written, what it requires is missed by name: a wrapper alone says nothing.</summary>
    private void ReportMissingInside(BoundObject value, SchemaType wrapper)
    {
        var inner = wrapper switch { ObjectType type => type, DiscriminatedType type => type.Base, _ => null };
        foreach (var schema in inner?.Properties.Where(p => p is { IsRequired: true, IsReadOnly: false }) ?? [])
        {
            ReportMissing(value, schema, inner!);
        }
    }

    /// <summary>Secrets that an integration runtime keeps are in <c>encryptedCredential</c>, which the service writes.</summary>
    private static bool IsEncrypted(BoundObject value, PropertySchema schema) =>
        value.Find("encryptedCredential") is not null && schema.Type is ScalarType { IsSecret: true };

    private void ReportMissing(BoundObject value, PropertySchema schema, ObjectType owner)
    {
        var holder = value.Parent is BoundProperty { Parent: BoundObject outer } property && property.Schema == outer.Shape?.Wrapper ? outer : value;
        var subject = TypeNames.Describe(holder.Shape ?? owner);
        Report(SchemaDiagnostics.MissingProperty, FindAnchor(value), $"{Sentence(subject)} {(subject.EndsWith("settings", StringComparison.Ordinal) ? "need" : "needs")} '{schema.Name}'.");
    }

    /// <summary>Where an object is best named: at its type, else its name, else the key that it is the value of.</summary>
    private static TextSpan FindAnchor(BoundObject value)
    {
        for (BoundNode? node = value; node is not null; node = node.Parent)
        {
            if (node is BoundObject candidate)
            {
                var anchor = candidate.FindValue("type") as BoundScalar ?? candidate.FindValue("name") as BoundScalar;
                if (anchor is { IsImplied: false })
                {
                    return anchor.Span;
                }
            }
            else if (node is BoundProperty { IsImplied: false } property)
            {
                return property.NameSpan;
            }

            if (!node.IsImplied && node is BoundObject)
            {
                return node.Parent is BoundProperty { IsImplied: false } holder ? holder.NameSpan : FirstCharacter(node.Span);
            }
        }

        return FirstCharacter(value.Span);
    }

    private static bool IsInactive(BoundNode value)
    {
        for (BoundNode? node = value; node is not null; node = node.Parent)
        {
            if (node is BoundObject candidate && candidate.Shape?.FindProperty("onInactiveMarkAs") is not null
                && string.Equals(candidate.FindString("state"), "Inactive", StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private void ValidateProperty(BoundProperty property, BoundObject owner)
    {
        if (property.Schema is null && owner.Shape is { AdditionalProperties: null } shape && !owner.HasUnknownVariant && !HoldsUnknownVariant(owner, shape) && !IsBroken(property))
        {
            ReportUnknownProperty(property, owner, shape);
        }

        if (property.Schema is { } schema && FindInnerNamesake(property, owner) is { } inner
            && !ValueFit.Fits(property.Value, schema.Type) && ValueFit.Fits(property.Value, inner.Type))
        {
            ReportWrongLevel(property, owner);
            return;
        }

        ValidateValue(property.Value, property.Type, property.Schema is { } known ? ExpressionSlot.Of(known) : ExpressionSlot.Unknown);
    }

    /// <summary>Whether what is written here may belong to the level below, of whose type nothing is known.</summary>
    private static bool HoldsUnknownVariant(BoundObject owner, ObjectType shape) =>
        owner.IsSpec && shape.Wrapper is { } wrapper && owner.FindValue(wrapper.Name) is BoundObject { HasUnknownVariant: true };

    /// <summary>Whether the key is not finished yet, or is none at all, which is said of its syntax.</summary>
    private static bool IsBroken(BoundProperty property) => property.Entry is { Separator: null } or { Key.Value: "" or ['[' or '{' or '*', ..] };

    /// <summary>The property of the same name in the level below, where unwrapped the name means the outer one.</summary>
    private static PropertySchema? FindInnerNamesake(BoundProperty property, BoundObject owner) =>
        owner.IsSpec && owner.Levels.Length > 1 && !property.IsImplied ? owner.Levels[1].FindProperty(property.Name) : null;

    private void ReportWrongLevel(BoundProperty property, BoundObject owner)
    {
        var wrapper = owner.Shape!.Wrapper!.Name;
        var isWritten = owner.Find(wrapper) is { IsImplied: false };
        var fix = property is { Entry.Value: ScalarSyntax } && !isWritten
            ? [new CodeFix($"Put it under '{wrapper}'", [
                new TextChange(new TextSpan(property.Entry!.Span.Start, 0), wrapper + ": { "), new TextChange(new TextSpan(property.Entry.Span.End, 0), " }")])]
            : ImmutableArray<CodeFix>.Empty;
        Report(
            SchemaDiagnostics.WrongLevel, property.NameSpan,
            $"'{property.Name}' here is that of {TypeNames.Describe(owner.Shape)} itself, which must be {Describe(property.Schema!.Type)}. "
                + $"Write the inner one under '{wrapper}:'.",
            fix);
    }

    private void ReportUnknownProperty(BoundProperty property, BoundObject owner, ObjectType shape)
    {
        var levels = owner.IsSpec ? owner.Levels : [shape];
        var missing = levels.SelectMany(l => l.Properties).Where(p => !p.IsReadOnly && owner.Find(p.Name) is null).Select(p => p.Name);
        var closest = Spelling.FindClosest(property.Name, missing);
        var advice = closest is null ? "The service keeps it and does nothing with it." : $"Did you mean '{closest}'?";
        Report(
            SchemaDiagnostics.UnknownProperty, property.NameSpan, $"{Sentence(TypeNames.Describe(shape))} has no property '{property.Name}'. {advice}",
            closest is not null ? ChangeTo(property.Entry?.Key, closest) : Remove(property));
    }

    /// <summary>To take away what has no effect. Whoever wrote it meant something, so it is for people to decide.</summary>
    private ImmutableArray<CodeFix> Remove(BoundProperty property) => property.Entry is { } entry
        ? [CodeFix.Deferred($"Remove '{property.Name}'", () => new FixEdit(_edits.RemoveEntry(entry)), isPreferred: false)]
        : [];

    private static ImmutableArray<CodeFix> ChangeToOneOf(ScalarSyntax? scalar, ImmutableArray<string> values) =>
        scalar is null ? [] : [.. values.Select(v => new CodeFix($"Change to '{v}'", ChangeTo(scalar, v)[0].Changes) { IsPreferred = false })];

    private static ImmutableArray<CodeFix> ChangeTo(ScalarSyntax? scalar, string? text) =>
        scalar is null || text is null ? [] : [ReplaceScalar(scalar, text, $"Change to '{text}'")];

    private static CodeFix ReplaceScalar(ScalarSyntax scalar, string text, string title) =>
        new(title, [new TextChange(scalar.ToSourceSpan(new TextSpan(0, scalar.Value.Length)), text)]);

    /// <summary>What begins a sentence.</summary>
    private static string Sentence(string subject) => char.ToUpperInvariant(subject[0]) + subject[1..];

    private static TextSpan FirstCharacter(TextSpan span) => new(span.Start, Math.Min(1, span.Length));

    private static string Words(ResourceKind kind) => TypeNames.Describe(kind);

    private static string Describe(SchemaType type) => TypeNames.DescribeValue(type);

    private static string Describe(BoundNode node) => TypeNames.DescribeValue(node);
}
