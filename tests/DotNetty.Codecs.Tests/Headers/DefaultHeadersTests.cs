using DotNetty.Common.Utilities;

namespace DotNetty.Codecs.Tests.Headers;

public sealed class DefaultHeadersTests
{
    [Fact]
    public void A_name_has_its_values_in_the_order_they_were_added()
    {
        DefaultHeaders<ICharSequence, ICharSequence> headers = New(("a", "1"), ("b", "2"), ("a", "3"));

        Assert.Equal("1", headers.Get(Text("a"), Text("none")).ToString());
        Assert.Equal(["1", "3"], headers.GetAll(Text("a")).Select(Written));
        Assert.Equal(["1", "3"], headers.ValueIterator(Text("a")).Select(Written));
        Assert.Empty(headers.GetAll(Text("c")));
        Assert.Equal((3, false), (headers.Size, headers.IsEmpty));
    }

    [Fact]
    public void All_are_enumerated_in_the_order_they_were_added()
    {
        DefaultHeaders<ICharSequence, ICharSequence> headers = New(("a", "1"), ("b", "2"), ("a", "3"));

        Assert.Equal(["a=1", "b=2", "a=3"], headers.Select(static entry => entry.ToString()));
        Assert.Equal(["a", "b"], headers.Names().Select(Written));
        Assert.Equal("DefaultHeaders`2[a: 1, b: 2, a: 3]", headers.ToString());
    }

    [Fact]
    public void A_name_is_found_whatever_kind_of_sequence_it_is()
    {
        DefaultHeaders<ICharSequence, ICharSequence> headers = New(("a", "1"));

        Assert.True(headers.Contains(new StringCharSequence("a")));
        Assert.True(headers.Contains(new AsciiString("a"), new AsciiString("1")));
        Assert.False(headers.Contains(new AsciiString("A")));
    }

    [Fact]
    public void Names_are_the_same_by_the_strategy_given()
    {
        var headers = new DefaultHeaders<ICharSequence, ICharSequence>(
            AsciiString.CaseInsensitiveHasher, CharSequenceValueConverter.Default, new NullNameValidator<ICharSequence>());

        headers.Add(Text("Name"), Text("1")).Add(Text("nAME"), Text("2"));

        Assert.Equal(["1", "2"], headers.GetAll(Text("name")).Select(Written));
        Assert.Single(headers.Names());
    }

    [Fact]
    public void Set_replaces_all_values_of_a_name()
    {
        DefaultHeaders<ICharSequence, ICharSequence> headers = New(("a", "1"), ("b", "2"), ("a", "3"));

        headers.Set(Text("a"), Text("4"));

        Assert.Equal(["b=2", "a=4"], headers.Select(static entry => entry.ToString()));
        headers.Set(Text("b"), headers.GetAll(Text("b")).Append(Text("5")));
        Assert.Equal(["a=4", "b=2", "b=5"], headers.Select(static entry => entry.ToString()));
        headers.SetObject(Text("a"), 6).SetObject(Text("b"), (IEnumerable<object>)[7, "8"]);
        Assert.Equal(["a=6", "b=7", "b=8"], headers.Select(static entry => entry.ToString()));
    }

    [Fact]
    public void Removing_takes_all_values_of_a_name_and_no_others()
    {
        DefaultHeaders<ICharSequence, ICharSequence> headers = New(("a", "1"), ("b", "2"), ("a", "3"), ("c", "4"), ("d", "5"), ("d", "6"));

        Assert.True(headers.Remove(Text("a")));
        Assert.False(headers.Remove(Text("a")));
        Assert.Equal("4", headers.GetAndRemove(Text("c"), Text("none")).ToString());
        Assert.Equal("none", headers.GetAndRemove(Text("c"), Text("none")).ToString());
        Assert.Equal(["5", "6"], headers.GetAllAndRemove(Text("d")).Select(Written));

        Assert.Equal(["b=2"], headers.Select(static entry => entry.ToString()));
        Assert.Equal(1, headers.Size);
        Assert.Empty(headers.Clear());
        Assert.True(headers.IsEmpty);
        Assert.False(headers.Contains(Text("b")));
    }

    [Fact]
    public void A_header_may_be_removed_while_they_are_enumerated()
    {
        DefaultHeaders<ICharSequence, ICharSequence> headers = New(("a", "1"), ("b", "2"), ("c", "3"));

        foreach (HeaderEntry<ICharSequence, ICharSequence> entry in headers)
        {
            headers.Remove(entry.Key);
        }

        Assert.True(headers.IsEmpty);
    }

    [Fact]
    public void Other_headers_are_added_set_or_set_name_by_name()
    {
        DefaultHeaders<ICharSequence, ICharSequence> other = New(("b", "3"), ("c", "4"));

        Assert.Equal(["a=1", "b=2", "b=3", "c=4"], New(("a", "1"), ("b", "2")).Add(other).Select(static entry => entry.ToString()));
        Assert.Equal(["a=1", "b=3", "c=4"], New(("a", "1"), ("b", "2")).SetAll(other).Select(static entry => entry.ToString()));
        Assert.Equal(["b=3", "c=4"], New(("a", "1"), ("b", "2")).Set(other).Select(static entry => entry.ToString()));
        Assert.Same(other, other.Set(other).SetAll(other));
        Assert.Equal(2, other.Size);
        Assert.Throws<ArgumentException>(() => other.Add(other));
    }

    [Fact]
    public void A_copy_is_equal_and_lives_on_its_own()
    {
        DefaultHeaders<ICharSequence, ICharSequence> headers = New(("a", "1"), ("b", "2"));

        DefaultHeaders<ICharSequence, ICharSequence> copy = headers.Copy();
        Assert.True(headers.Equals(copy));
        copy.Add(Text("c"), Text("3"));

        Assert.Equal((2, 3), (headers.Size, copy.Size));
        Assert.False(headers.Equals(copy));
    }

    [Fact]
    public void Equal_headers_may_have_their_names_in_another_order_but_not_their_values()
    {
        DefaultHeaders<ICharSequence, ICharSequence> headers = New(("a", "1"), ("b", "2"), ("a", "3"));
        DefaultHeaders<ICharSequence, ICharSequence> same = New(("b", "2"), ("a", "1"), ("a", "3"));

        Assert.True(headers.Equals(same));
        Assert.Equal(headers.GetHashCode(), same.GetHashCode());
        Assert.False(headers.Equals(New(("b", "2"), ("a", "3"), ("a", "1"))));
        Assert.False(headers.Equals(New(("a", "1"), ("b", "2"), ("c", "3"))));
    }

    [Fact]
    public void Changing_an_entry_changes_the_headers()
    {
        DefaultHeaders<ICharSequence, ICharSequence> headers = New(("a", "1"));

        ICharSequence old = headers.First().SetValue(Text("2"));

        Assert.Equal(("1", "2"), (old.ToString(), headers.Get(Text("a"), null!).ToString()));
    }

    [Fact]
    public void The_validator_decides_which_names_there_may_be()
    {
        var headers = new DefaultHeaders<ICharSequence, ICharSequence>(CharSequenceValueConverter.Default, new NoColons());

        headers.Add(Text("a"), Text("1"));

        Assert.Throws<ArgumentException>(() => headers.Add(Text(":"), Text("1")));
        Assert.Throws<ArgumentException>(() => headers.Set(Text(":"), Text("1")));
        Assert.Throws<ArgumentException>(() => headers.AddInt(Text(":"), 1));
        Assert.Throws<ArgumentException>(() => headers.Add(New((":", "1"))));
        Assert.Equal(1, headers.Size);
    }

    [Fact]
    public void Refuses_null()
    {
        DefaultHeaders<ICharSequence, ICharSequence> headers = New();

        Assert.Throws<ArgumentNullException>(() => headers.Add(null!, Text("1")));
        Assert.Throws<ArgumentNullException>(() => headers.Add(Text("a"), (ICharSequence)null!));
        Assert.Throws<ArgumentNullException>(() => headers.Set(Text("a"), (ICharSequence)null!));
        Assert.False(headers.Contains(null!));
        Assert.True(headers.IsEmpty);
    }

    [Fact]
    public void Thousands_of_headers_are_each_found()
    {
        DefaultHeaders<ICharSequence, ICharSequence> headers = New();

        for (int i = 0; i < 5000; i++)
        {
            headers.AddInt(Text($"name-{i}"), i);
        }

        for (int i = 0; i < 5000; i++)
        {
            Assert.Equal(i, headers.GetInt(Text($"name-{i}"), -1));
        }
    }

    [Fact]
    public void Adding_compares_no_names_however_many_share_a_hash()
    {
        var strategy = new OneHash();
        var headers = new DefaultHeaders<string, string>(strategy, new Strings(), new NullNameValidator<string>());

        for (int i = 0; i < 10_000; i++)
        {
            headers.Add($"name-{i}", "value");
        }

        Assert.Equal((0, 10_000), (strategy.Comparisons, headers.Size));
    }

    [Fact]
    public void Names_that_are_no_character_sequences_are_compared_by_themselves()
    {
        var headers = new DefaultHeaders<string, string>(new Strings());

        headers.AddObject("a", 1, "2").AddObject("b", (object)3).AddObject("c", (IEnumerable<object>)["4"]);

        Assert.Equal("[a: 1, a: 2, b: 3, c: 4]", HeadersUtils.ToString(headers, headers.Size));
        Assert.True(headers.ContainsObject("a", 2));
        Assert.Equal(3, headers.GetInt("b", 0));
    }

    [Fact]
    public void Headers_are_given_as_strings()
    {
        DefaultHeaders<ICharSequence, ICharSequence> headers = New(("a", "1"), ("b", "2"), ("a", "3"));

        Assert.Equal(["a", "b"], HeadersUtils.NamesAsString(headers));
        Assert.Equal(["1", "3"], HeadersUtils.GetAllAsString(headers, Text("a")));
        Assert.True(HeadersUtils.TryGetAsString(headers, Text("b"), out string value));
        Assert.Equal("2", value);
        Assert.False(HeadersUtils.TryGetAsString(headers, Text("c"), out value));
        Assert.Null(value);
        Assert.Equal("[]", HeadersUtils.ToString(New(), 0));
    }

    private static DefaultHeaders<ICharSequence, ICharSequence> New(params (string Name, string Value)[] all)
    {
        var headers = new DefaultHeaders<ICharSequence, ICharSequence>(CharSequenceValueConverter.Default);
        foreach ((string name, string value) in all)
        {
            headers.Add(Text(name), Text(value));
        }

        return headers;
    }

    private static AsciiString Text(string text) => new(text);

    private static string Written(ICharSequence sequence) => sequence.ToString();

    private sealed class NoColons : INameValidator<ICharSequence>
    {
        public void ValidateName(ICharSequence name)
        {
            if (name.IndexOf(':') >= 0)
            {
                throw new ArgumentException("A colon.", nameof(name));
            }
        }
    }

    private sealed class OneHash : IHashingStrategy<string>
    {
        public int Comparisons { get; private set; }

        public bool Equals(string? x, string? y)
        {
            Comparisons++;
            return x == y;
        }

        public int GetHashCode(string obj) => 1;

        public int HashCode(string obj) => 1;
    }

    private sealed class Strings : IValueConverter<string>
    {
        private static readonly CharSequenceValueConverter Text = CharSequenceValueConverter.Default;

        public string ConvertObject(object value) => Text.ConvertObject(value).ToString();

        public string ConvertBoolean(bool value) => Text.ConvertBoolean(value).ToString();

        public bool ConvertToBoolean(string value) => Text.ConvertToBoolean(new StringCharSequence(value));

        public string ConvertByte(byte value) => Text.ConvertByte(value).ToString();

        public byte ConvertToByte(string value) => Text.ConvertToByte(new StringCharSequence(value));

        public string ConvertChar(char value) => Text.ConvertChar(value).ToString();

        public char ConvertToChar(string value) => Text.ConvertToChar(new StringCharSequence(value));

        public string ConvertShort(short value) => Text.ConvertShort(value).ToString();

        public short ConvertToShort(string value) => Text.ConvertToShort(new StringCharSequence(value));

        public string ConvertInt(int value) => Text.ConvertInt(value).ToString();

        public int ConvertToInt(string value) => Text.ConvertToInt(new StringCharSequence(value));

        public string ConvertLong(long value) => Text.ConvertLong(value).ToString();

        public long ConvertToLong(string value) => Text.ConvertToLong(new StringCharSequence(value));

        public string ConvertFloat(float value) => Text.ConvertFloat(value).ToString();

        public float ConvertToFloat(string value) => Text.ConvertToFloat(new StringCharSequence(value));

        public string ConvertDouble(double value) => Text.ConvertDouble(value).ToString();

        public double ConvertToDouble(string value) => Text.ConvertToDouble(new StringCharSequence(value));

        public string ConvertTimeMillis(long value) => Text.ConvertTimeMillis(value).ToString();

        public long ConvertToTimeMillis(string value) => Text.ConvertToTimeMillis(new StringCharSequence(value));
    }
}
