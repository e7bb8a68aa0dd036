namespace Acme.Login;

public class LoginFailed
{
    public LoginFailed(string name) => Name = name;

    public string Name { get; }
}
