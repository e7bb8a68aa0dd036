using System.Text;
using DotNetty.Common.Utilities;

namespace DotNetty.Buffers.Tests;

public sealed class TextTests
{
    private const string Text = "Grüße, 世界 🌍";

    public static TheoryData<BufferKind> Kinds => BufferKinds.All;

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Strings_go_in_and_come_out_in_any_encoding(BufferKind kind)
    {
        foreach (var encoding in new[] { Encoding.UTF8, Encoding.Unicode, Encoding.UTF32 })
        {
            var length = encoding.GetByteCount(Text);
            var buffer = BufferKinds.New(kind, length);

            Assert.Equal(length, buffer.WriteString(Text, encoding));
            Assert.Equal(Text, buffer.ToString(encoding));
            Assert.Equal(Text, buffer.GetString(0, length, encoding));
            Assert.Equal(Text, buffer.ToString(0, length, encoding));
            Assert.Equal(Text, buffer.ReadString(length, encoding));
            Assert.Equal(length, buffer.ReaderIndex);
            buffer.Release();
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_string_set_in_place_moves_no_index(BufferKind kind)
    {
        var buffer = BufferKinds.New(kind, 10);

        Assert.Equal(4, buffer.SetString(2, "abcd", Encoding.ASCII));

        Assert.Equal(0, buffer.WriterIndex);
        Assert.Equal("abcd", buffer.GetString(2, 4, Encoding.ASCII));
        Assert.Throws<IndexOutOfRangeException>(() => buffer.SetString(8, "abcd", Encoding.ASCII));
        buffer.Release();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Character_sequences_go_in_and_come_out(BufferKind kind)
    {
        var buffer = BufferKinds.New(kind, 40);

        buffer.WriteCharSequence(new AsciiString("plain "), Encoding.ASCII);
        buffer.WriteCharSequence(new StringCharSequence("Grüße"), Encoding.UTF8);

        Assert.IsType<AsciiString>(buffer.GetCharSequence(0, 6, Encoding.ASCII));
        Assert.Equal("plain ", buffer.ReadCharSequence(6, Encoding.ASCII).ToString());
        Assert.Equal("Grüße", buffer.ReadCharSequence(7, Encoding.UTF8).ToString());
        Assert.Equal(3, buffer.SetCharSequence(20, new AsciiString("xyz"), Encoding.ASCII));
        Assert.Equal("xyz", buffer.GetString(20, 3, Encoding.ASCII));
        buffer.Release();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_description_names_indices_and_never_the_content(BufferKind kind)
    {
        var buffer = BufferKinds.New(kind, 12);
        buffer.WriteString("secret", Encoding.ASCII);

        var description = buffer.SkipBytes(1).ToString()!;

        Assert.Contains("ridx: 1, widx: 6, cap: 12", description, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", description, StringComparison.Ordinal);
        buffer.Release();
    }

    [Fact]
    public void The_description_of_a_released_buffer_says_so()
    {
        var buffer = Unpooled.Buffer(5, 9);

        Assert.EndsWith("(ridx: 0, widx: 0, cap: 5/9)", buffer.ToString(), StringComparison.Ordinal);
        buffer.Release();
        Assert.EndsWith("(freed)", buffer.ToString(), StringComparison.Ordinal);
    }
}
