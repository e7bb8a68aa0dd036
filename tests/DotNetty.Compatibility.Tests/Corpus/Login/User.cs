using System.Net;

namespace Acme.Login;

public class User
{
    public User(string name, EndPoint address)
    {
        Name = name;
        Address = address;
    }

    public string Name { get; }

    public EndPoint Address { get; }
}
