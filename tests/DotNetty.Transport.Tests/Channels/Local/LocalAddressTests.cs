using DotNetty.Transport.Channels.Local;

namespace DotNetty.Transport.Tests.Channels.Local;

public sealed class LocalAddressTests
{
    [Fact]
    public void Case_and_blanks_make_no_difference()
    {
        var address = new LocalAddress(" Echo ");

        Assert.Equal(new LocalAddress("echo"), address);
        Assert.Equal(new LocalAddress("echo").GetHashCode(), address.GetHashCode());
        Assert.Equal(("echo", "local:echo"), (address.Id, address.ToString()));
    }

    [Fact]
    public void Addresses_are_ordered_by_name()
    {
        Assert.True(new LocalAddress("a").CompareTo(new LocalAddress("b")) < 0);
        Assert.NotEqual(new LocalAddress("a"), new LocalAddress("b"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public void A_name_is_needed(string id) => Assert.Throws<ArgumentException>(() => new LocalAddress(id));
}
