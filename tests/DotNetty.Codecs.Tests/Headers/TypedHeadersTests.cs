using DotNetty.Common.Utilities;

namespace DotNetty.Codecs.Tests.Headers;

public sealed class TypedHeadersTests
{
    private static readonly AsciiString Name = new("name");
    private static readonly AsciiString None = new("none");

    [Fact]
    public void A_boolean_is_put_in_and_got_out()
    {
        DefaultHeaders<ICharSequence, ICharSequence> headers = New();

        headers.AddBoolean(Name, false).SetBoolean(Name, true).AddBoolean(Name, false);

        Assert.Equal(2, headers.Size);
        Assert.True(headers.ContainsBoolean(Name, true) && headers.ContainsBoolean(Name, false) && !headers.ContainsBoolean(None, true));
        Assert.True(headers.TryGetBoolean(Name, out bool value));
        Assert.True(value);
        Assert.False(headers.TryGetBoolean(None, out _));
        Assert.False(headers.GetBoolean(None, false));
        Assert.False(headers.GetBooleanAndRemove(None, false));
        Assert.True(headers.GetBooleanAndRemove(Name, false));
        Assert.False(headers.TryGetBooleanAndRemove(Name, out _));
        Assert.True(headers.IsEmpty);
    }

    [Fact]
    public void A_byte_is_put_in_and_got_out()
    {
        DefaultHeaders<ICharSequence, ICharSequence> headers = New();

        headers.AddByte(Name, 8).SetByte(Name, 7).AddByte(Name, 8);

        Assert.Equal(2, headers.Size);
        Assert.True(headers.ContainsByte(Name, 7) && headers.ContainsByte(Name, 8) && !headers.ContainsByte(None, 7));
        Assert.True(headers.TryGetByte(Name, out byte value));
        Assert.Equal(7, value);
        Assert.False(headers.TryGetByte(None, out _));
        Assert.Equal(8, headers.GetByte(None, 8));
        Assert.Equal(8, headers.GetByteAndRemove(None, 8));
        Assert.Equal(7, headers.GetByteAndRemove(Name, 8));
        Assert.False(headers.TryGetByteAndRemove(Name, out _));
        Assert.True(headers.IsEmpty);
    }

    [Fact]
    public void A_char_is_put_in_and_got_out()
    {
        DefaultHeaders<ICharSequence, ICharSequence> headers = New();

        headers.AddChar(Name, 'y').SetChar(Name, 'x').AddChar(Name, 'y');

        Assert.Equal(2, headers.Size);
        Assert.True(headers.ContainsChar(Name, 'x') && headers.ContainsChar(Name, 'y') && !headers.ContainsChar(None, 'x'));
        Assert.True(headers.TryGetChar(Name, out char value));
        Assert.Equal('x', value);
        Assert.False(headers.TryGetChar(None, out _));
        Assert.Equal('y', headers.GetChar(None, 'y'));
        Assert.Equal('y', headers.GetCharAndRemove(None, 'y'));
        Assert.Equal('x', headers.GetCharAndRemove(Name, 'y'));
        Assert.False(headers.TryGetCharAndRemove(Name, out _));
        Assert.True(headers.IsEmpty);
    }

    [Fact]
    public void A_short_is_put_in_and_got_out()
    {
        DefaultHeaders<ICharSequence, ICharSequence> headers = New();

        headers.AddShort(Name, 8).SetShort(Name, -7).AddShort(Name, 8);

        Assert.Equal(2, headers.Size);
        Assert.True(headers.ContainsShort(Name, -7) && headers.ContainsShort(Name, 8) && !headers.ContainsShort(None, -7));
        Assert.True(headers.TryGetShort(Name, out short value));
        Assert.Equal(-7, value);
        Assert.False(headers.TryGetShort(None, out _));
        Assert.Equal(8, headers.GetShort(None, 8));
        Assert.Equal(8, headers.GetShortAndRemove(None, 8));
        Assert.Equal(-7, headers.GetShortAndRemove(Name, 8));
        Assert.False(headers.TryGetShortAndRemove(Name, out _));
        Assert.True(headers.IsEmpty);
    }

    [Fact]
    public void An_int_is_put_in_and_got_out()
    {
        DefaultHeaders<ICharSequence, ICharSequence> headers = New();

        headers.AddInt(Name, 8).SetInt(Name, -7).AddInt(Name, 8);

        Assert.Equal(2, headers.Size);
        Assert.True(headers.ContainsInt(Name, -7) && headers.ContainsInt(Name, 8) && !headers.ContainsInt(None, -7));
        Assert.True(headers.TryGetInt(Name, out int value));
        Assert.Equal(-7, value);
        Assert.False(headers.TryGetInt(None, out _));
        Assert.Equal(8, headers.GetInt(None, 8));
        Assert.Equal(8, headers.GetIntAndRemove(None, 8));
        Assert.Equal(-7, headers.GetIntAndRemove(Name, 8));
        Assert.False(headers.TryGetIntAndRemove(Name, out _));
        Assert.True(headers.IsEmpty);
    }

    [Fact]
    public void A_long_is_put_in_and_got_out()
    {
        DefaultHeaders<ICharSequence, ICharSequence> headers = New();

        headers.AddLong(Name, 8L).SetLong(Name, -7L).AddLong(Name, 8L);

        Assert.Equal(2, headers.Size);
        Assert.True(headers.ContainsLong(Name, -7L) && headers.ContainsLong(Name, 8L) && !headers.ContainsLong(None, -7L));
        Assert.True(headers.TryGetLong(Name, out long value));
        Assert.Equal(-7L, value);
        Assert.False(headers.TryGetLong(None, out _));
        Assert.Equal(8L, headers.GetLong(None, 8L));
        Assert.Equal(8L, headers.GetLongAndRemove(None, 8L));
        Assert.Equal(-7L, headers.GetLongAndRemove(Name, 8L));
        Assert.False(headers.TryGetLongAndRemove(Name, out _));
        Assert.True(headers.IsEmpty);
    }

    [Fact]
    public void A_float_is_put_in_and_got_out()
    {
        DefaultHeaders<ICharSequence, ICharSequence> headers = New();

        headers.AddFloat(Name, 2f).SetFloat(Name, 1.5f).AddFloat(Name, 2f);

        Assert.Equal(2, headers.Size);
        Assert.True(headers.ContainsFloat(Name, 1.5f) && headers.ContainsFloat(Name, 2f) && !headers.ContainsFloat(None, 1.5f));
        Assert.True(headers.TryGetFloat(Name, out float value));
        Assert.Equal(1.5f, value);
        Assert.False(headers.TryGetFloat(None, out _));
        Assert.Equal(2f, headers.GetFloat(None, 2f));
        Assert.Equal(2f, headers.GetFloatAndRemove(None, 2f));
        Assert.Equal(1.5f, headers.GetFloatAndRemove(Name, 2f));
        Assert.False(headers.TryGetFloatAndRemove(Name, out _));
        Assert.True(headers.IsEmpty);
    }

    [Fact]
    public void A_double_is_put_in_and_got_out()
    {
        DefaultHeaders<ICharSequence, ICharSequence> headers = New();

        headers.AddDouble(Name, 2).SetDouble(Name, 1.5).AddDouble(Name, 2);

        Assert.Equal(2, headers.Size);
        Assert.True(headers.ContainsDouble(Name, 1.5) && headers.ContainsDouble(Name, 2) && !headers.ContainsDouble(None, 1.5));
        Assert.True(headers.TryGetDouble(Name, out double value));
        Assert.Equal(1.5, value);
        Assert.False(headers.TryGetDouble(None, out _));
        Assert.Equal(2, headers.GetDouble(None, 2));
        Assert.Equal(2, headers.GetDoubleAndRemove(None, 2));
        Assert.Equal(1.5, headers.GetDoubleAndRemove(Name, 2));
        Assert.False(headers.TryGetDoubleAndRemove(Name, out _));
        Assert.True(headers.IsEmpty);
    }

    [Fact]
    public void A_timemillis_is_put_in_and_got_out()
    {
        DefaultHeaders<ICharSequence, ICharSequence> headers = New();

        headers.AddTimeMillis(Name, 1000L).SetTimeMillis(Name, 784111777000L).AddTimeMillis(Name, 1000L);

        Assert.Equal(2, headers.Size);
        Assert.True(headers.ContainsTimeMillis(Name, 784111777000L) && headers.ContainsTimeMillis(Name, 1000L) && !headers.ContainsTimeMillis(None, 784111777000L));
        Assert.True(headers.TryGetTimeMillis(Name, out long value));
        Assert.Equal(784111777000L, value);
        Assert.False(headers.TryGetTimeMillis(None, out _));
        Assert.Equal(1000L, headers.GetTimeMillis(None, 1000L));
        Assert.Equal(1000L, headers.GetTimeMillisAndRemove(None, 1000L));
        Assert.Equal(784111777000L, headers.GetTimeMillisAndRemove(Name, 1000L));
        Assert.False(headers.TryGetTimeMillisAndRemove(Name, out _));
        Assert.True(headers.IsEmpty);
    }

    [Fact]
    public void A_value_of_another_type_is_as_if_it_were_not_there()
    {
        DefaultHeaders<ICharSequence, ICharSequence> headers = New();
        headers.Add(Name, AsciiString.Empty);

        Assert.False(headers.TryGetBoolean(Name, out _));
        Assert.False(headers.TryGetByte(Name, out _));
        Assert.False(headers.TryGetChar(Name, out _));
        Assert.False(headers.TryGetShort(Name, out _));
        Assert.False(headers.TryGetInt(Name, out _));
        Assert.False(headers.TryGetLong(Name, out _));
        Assert.False(headers.TryGetFloat(Name, out _));
        Assert.False(headers.TryGetDouble(Name, out _));
        Assert.False(headers.TryGetTimeMillis(Name, out _));
        Assert.Equal(5, headers.GetInt(Name, 5));
    }

    [Fact]
    public void A_value_that_came_as_bytes_is_contained()
    {
        DefaultHeaders<ICharSequence, ICharSequence> headers = New();
        headers.Add(Name, new AsciiString("5")).Add(Name, new AsciiString("true"));

        Assert.True(headers.ContainsInt(Name, 5));
        Assert.True(headers.ContainsBoolean(Name, true));
        Assert.True(headers.ContainsObject(Name, "5"));
    }

    private static DefaultHeaders<ICharSequence, ICharSequence> New() => new(CharSequenceValueConverter.Default);
}
