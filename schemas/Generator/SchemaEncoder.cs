// Writes the embedded resource; server/Core/Schema/SchemaFormat.cs says how it is laid out.
using System.Buffers.Binary;
using System.Collections.Immutable;
using System.IO.Compression;
using System.Text;
using Pipewright.Core.Schema;

namespace Pipewright.Generator;

internal sealed class SchemaEncoder
{
    private readonly SchemaModel _model;
    private readonly Dictionary<string, int> _strings = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _descriptions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _typeIds = new(StringComparer.Ordinal);
    private readonly List<byte[]?> _records = [];

    private SchemaEncoder(SchemaModel model) => _model = model;

    public static byte[] Encode(SchemaModel model)
    {
        var encoder = new SchemaEncoder(model);
        var resources = new Record().Number(model.Resources.Count);
        foreach (var (kind, type) in model.Resources)
        {
            resources.Number(encoder.String(kind)).Number(encoder.NamedType(type));
        }

        return encoder.Assemble(resources.ToArray());
    }

    private static int Intern(Dictionary<string, int> table, string text)
    {
        if (!table.TryGetValue(text, out var id))
        {
            table[text] = id = table.Count;
        }

        return id;
    }

    private int String(string text) => Intern(_strings, text);

    private int Description(string text) => Intern(_descriptions, text.ReplaceLineEndings(" ").Trim());

    /// <summary>The number of a type, encoded once for each key. The number is taken before the record is made, as types may be recursive.</summary>
    private int Type(string key, Func<Record> encode)
    {
        if (_typeIds.TryGetValue(key, out var id))
        {
            return id;
        }

        _typeIds[key] = id = _records.Count;
        _records.Add(null);
        _records[id] = encode().ToArray();
        return id;
    }

    private int NamedType(string name) => Type(name, () => _model.Types[name] switch
    {
        ObjectModel shape => EncodeObject(shape),
        UnionModel union => EncodeUnion(union),
        var other => throw new NotSupportedException($"{other.Name} is of a new kind."),
    });

    private int Type(ValueModel value) => value.Type switch
    {
        { IsList: true } => EncodeList(value),
        { IsMap: true } => Type($"{{}} {Key(value)}", () => EncodeObject(new ObjectModel("object", TypeModel.NoProperties), Type(value with { Type = value.Type.Item }))),
        { Text: "any" } when value.Allowed.IsEmpty => Type("any", () => Begin(SchemaRecord.Any)),
        { IsScalar: true } => Type(Key(value), () => EncodeScalar(value)),
        var named => NamedType(named.Text),
    };

    private static string Key(ValueModel value) =>
        $"{value.Type}|{string.Join('|', value.Allowed)}|{value.IsExtensible}|{value.Pattern}|{value.Minimum}|{value.Maximum}|{value.MinimumItems}|{value.MaximumItems}";

    private static Record Begin(SchemaRecord kind) => new Record().Number((int)kind);

    private int EncodeList(ValueModel value) => Type($"[] {Key(value)}", () =>
    {
        var item = Type(value with { Type = value.Type.Item, MinimumItems = null, MaximumItems = null });
        return Begin(SchemaRecord.Array)
            .Flags(Flag(value.MinimumItems is not null, SchemaTypeFlags.Minimum) | Flag(value.MaximumItems is not null, SchemaTypeFlags.Maximum))
            .Number(item).Signed(value.MinimumItems).Signed(value.MaximumItems);
    });

    private static SchemaTypeFlags Flag(bool isSet, SchemaTypeFlags flag) => isSet ? flag : SchemaTypeFlags.None;

    private static SchemaPropertyFlags Flag(bool isSet, SchemaPropertyFlags flag) => isSet ? flag : SchemaPropertyFlags.None;

    private Record EncodeScalar(ValueModel value)
    {
        var isSecret = value.Type.Text == "secret";
        var record = Begin(SchemaRecord.Scalar)
            .Flags(Flag(value.IsExtensible, SchemaTypeFlags.Extensible) | Flag(isSecret, SchemaTypeFlags.Secret)
                | Flag(value.Pattern is not null, SchemaTypeFlags.Pattern) | Flag(value.Minimum is not null, SchemaTypeFlags.Minimum)
                | Flag(value.Maximum is not null, SchemaTypeFlags.Maximum))
            .Number(Kind(isSecret ? "string" : value.Type.Text))
            .Numbers(value.Allowed.Select(String));
        if (isSecret)
        {
            record.Number(NamedType("SecretBase"));
        }

        if (value.Pattern is { } pattern)
        {
            record.Number(String(pattern));
        }

        return record.Signed(value.Minimum).Signed(value.Maximum);
    }

    private static int Kind(string word) => SchemaFormat.KindWords.ToList().IndexOf(word);

    private Record EncodeObject(ObjectModel shape, int? mapValue = null)
    {
        var additional = mapValue ?? (shape.Additional is { } text ? Type(new ValueModel(text)) : (int?)null);
        var properties = Sort(shape).ToImmutableArray();
        var record = Begin(SchemaRecord.Object)
            .Flags(Flag(shape.IsDeprecated, SchemaTypeFlags.Deprecated) | Flag(additional is not null, SchemaTypeFlags.Additional)
                | Flag(shape.Reference is not null, SchemaTypeFlags.Reference) | Flag(shape.Discriminator is not null, SchemaTypeFlags.Discriminator)
                | Flag(shape.Wrapper is not null, SchemaTypeFlags.Wrapper) | Flag(shape.Description is not null, SchemaTypeFlags.Description))
            .Number(String(shape.Name))
            .Optional(shape.Discriminator is { } discriminator ? String(discriminator) : null)
            .Optional(additional);
        if (shape.Reference is { } target)
        {
            record.Number(String(shape.Properties["type"].Value.Allowed[0])).Number(String(target));
        }

        record.Optional(shape.Description is { } description ? Description(description) : null)
            .Optional(shape.Wrapper is { } wrapper ? properties.IndexOf(shape.Properties[wrapper]) : null)
            .Numbers(shape.WrapperClashes.Select(String))
            .Number(properties.Length);
        foreach (var property in properties)
        {
            EncodeProperty(record, property);
        }

        return record;
    }

    /// <summary>Those with a known place first, then the required ones, then by name.</summary>
    private static IEnumerable<PropertyModel> Sort(ObjectModel shape) => shape.Properties.Values
        .OrderBy(p => shape.Order.IndexOf(p.Name) is >= 0 and var place ? place : int.MaxValue)
        .ThenBy(p => !p.IsRequired || p.IsReadOnly).ThenBy(p => p.IsReadOnly).ThenBy(p => p.Name, StringComparer.Ordinal);

    private void EncodeProperty(Record record, PropertyModel property)
    {
        record.Number((int)(Flag(property.IsRequired, SchemaPropertyFlags.Required) | Flag(property.IsReadOnly, SchemaPropertyFlags.ReadOnly)
                | Flag(property.IsPlain, SchemaPropertyFlags.Plain) | Flag(property.IsDeprecated, SchemaPropertyFlags.Deprecated)
                | Flag(property.Expression is not null, SchemaPropertyFlags.Expression) | Flag(property.Default is not null, SchemaPropertyFlags.Default)
                | Flag(property.Description is not null, SchemaPropertyFlags.Description)))
            .Number(String(property.Name))
            .Number(Type(property.Value))
            .Optional(property.Expression is { } expression ? Kind(expression) : null)
            .Optional(property.Default is { } value ? String(value) : null)
            .Optional(property.Description is { } description ? Description(description) : null);
    }

    private Record EncodeUnion(UnionModel union)
    {
        var basis = Type($"base of {union.Name}", () => EncodeObject(Completion.MakeBase(union, _model)));
        var record = Begin(SchemaRecord.Union).Number(String(union.Name)).Number(String(union.Discriminator)).Number(basis).Number(union.Variants.Count);
        foreach (var (value, name) in union.Variants)
        {
            record.Number(String(value)).Number(NamedType(name));
        }

        return record;
    }

    private byte[] Assemble(byte[] resources)
    {
        var header = new int[(int)SchemaHeader.Length];
        var output = new MemoryStream();
        output.Write(new byte[header.Length * sizeof(int)]);
        header[(int)SchemaHeader.Magic] = SchemaFormat.Magic;

        var texts = _strings.OrderBy(s => s.Value).Select(s => Encoding.UTF8.GetBytes(s.Key)).ToList();
        header[(int)SchemaHeader.StringCount] = texts.Count;
        header[(int)SchemaHeader.StringIndex] = WriteIndex(output, texts.Select(t => t.Length), 0);
        header[(int)SchemaHeader.StringText] = WriteAll(output, texts);

        header[(int)SchemaHeader.TypeCount] = _records.Count;
        var records = WriteAll(output, _records!);
        header[(int)SchemaHeader.TypeIndex] = WriteIndex(output, _records.Select(r => r!.Length), records);
        header[(int)SchemaHeader.Resources] = WriteAll(output, [resources]);

        header[(int)SchemaHeader.DescriptionCount] = _descriptions.Count;
        var blocks = _descriptions.OrderBy(d => d.Value).Select(d => d.Key).Chunk(SchemaFormat.DescriptionsPerBlock).Select(Compress).ToList();
        var start = WriteAll(output, blocks);
        header[(int)SchemaHeader.DescriptionIndex] = WriteIndex(output, blocks.Select(b => b.Length), start);

        output.Position = 0;
        output.Write(ToBytes(header));
        return output.ToArray();
    }

    private static byte[] Compress(string[] descriptions)
    {
        var text = Encoding.UTF8.GetBytes(string.Join(SchemaFormat.DescriptionSeparator, descriptions));
        var packed = new byte[BrotliEncoder.GetMaxCompressedLength(text.Length)];
        BrotliEncoder.TryCompress(text, packed, out var length, quality: 11, window: 22);
        return [.. ToBytes([text.Length]), .. packed.AsSpan(0, length)];
    }

    private static int WriteAll(MemoryStream output, IEnumerable<byte[]> parts)
    {
        var position = (int)output.Position;
        foreach (var part in parts)
        {
            output.Write(part);
        }

        return position;
    }

    /// <summary>Writes the start of each part and the end of the last; gives the position of the index.</summary>
    private static int WriteIndex(MemoryStream output, IEnumerable<int> lengths, int start)
    {
        var position = (int)output.Position;
        var ends = lengths.Aggregate(ImmutableList.Create(start), (list, length) => list.Add(list[^1] + length));
        output.Write(ToBytes([.. ends]));
        return position;
    }

    private static byte[] ToBytes(int[] numbers)
    {
        var bytes = new byte[numbers.Length * sizeof(int)];
        for (var i = 0; i < numbers.Length; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(i * sizeof(int)), numbers[i]);
        }

        return bytes;
    }

    /// <summary>The bytes of one record while they are written.</summary>
    private sealed class Record
    {
        private readonly List<byte> _bytes = [];

        public Record Number(int value)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            return Bits((ulong)value);
        }

        public Record Numbers(IEnumerable<int> values)
        {
            var list = values.ToList();
            Number(list.Count);
            list.ForEach(v => Number(v));
            return this;
        }

        public Record Flags(SchemaTypeFlags flags) => Number((int)flags);

        public Record Optional(int? value) => value is { } number ? Number(number) : this;

        public Record Signed(long? value) => value is { } number ? Bits((ulong)((number << 1) ^ (number >> 63))) : this;

        public byte[] ToArray() => [.. _bytes];

        private Record Bits(ulong bits)
        {
            for (; bits >= 0x80; bits >>= 7)
            {
                _bytes.Add((byte)(bits | 0x80));
            }

            _bytes.Add((byte)bits);
            return this;
        }
    }
}
