using System.Text;

namespace Pipewright.Core.Expressions;

/// <summary>Text that is put together, up to a length.</summary>
/// <param name="maximumLength">In UTF-16 code units. By default far more than any output of an activity has (Lookup: 4 MB), and little enough to hold.</param>
/// <exception cref="ValueTooLargeException">Of each method: the text would be longer.</exception>
internal sealed class BoundedText(int maximumLength = BoundedText.DefaultMaximum)
{
    public const int DefaultMaximum = 8 * 1024 * 1024;

    private readonly StringBuilder _text = new();

    public BoundedText Append(ReadOnlySpan<char> piece)
    {
        Check(piece.Length);
        _text.Append(piece);
        return this;
    }

    public BoundedText Append(char piece)
    {
        Check(1);
        _text.Append(piece);
        return this;
    }

    public override string ToString() => _text.ToString();

    private void Check(int length)
    {
        if (length > maximumLength - _text.Length)
        {
            throw new ValueTooLargeException($"The text would be longer than {maximumLength} characters.");
        }
    }
}

/// <summary>A value would be larger than can be worked with: a short expression can ask for more than any memory holds.</summary>
public sealed class ValueTooLargeException(string message) : Exception(message);
